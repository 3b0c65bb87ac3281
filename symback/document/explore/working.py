"""Chains in symbols and numbers, for derivatives that the page need not show and for parts of them.

Nothing is rounded on the way: every number is the exact one, printed with the digits of the page, or with a few more
where a line would not follow from its operands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symback.derive.derivation import Derivation
from symback.document.blocks import Amount, Link, Worked
from symback.document.page import Page
from symback.graph.quantity import Role
from symback.values.following import MOST_EXTRA_DIGITS, follows_number, line_follows
from symback.values.interpret import interpret
from symback.values.policy import Carry
from symback.values.real import Real
from symback.values.rounding import Spelled, significant_string, spell
from symback.values.values import Values
from symback.written.nodes import Cases, Name, Number, Partial, Power, Product, Sum, Valued, Written
from symback.written.substitute import leaves


def exactly(page: Page) -> Page:
    """Return the page with every gradient named and no number rounded before it is printed."""
    before = page.derivation
    derivation = Derivation(before.graph, anchors=tuple(Role), kinks=before.kinks)
    values = Values(derivation, replace(page.values.policy, carry=Carry.EXACT))
    return replace(page, derivation=derivation, values=values)


def amount(page: Page, leaf: Name | Partial) -> Amount | None:
    """Return the number of a quantity or a derivative, or None where it is not known."""
    if not page.values.knows(leaf.key):
        return None
    return Amount(leaf, page.values.number(leaf.key), _in_digits(significant_string(page.values.exact[leaf.key])))


def _in_digits(text: str) -> Written:
    """Return a number as `evaluate` gives it, with up to 17 significant digits."""
    text, _, exponent = text.partition("e")
    if not exponent:
        return Number(text)
    return Product((Number(text), Power(Number("10"), Number(str(int(exponent))))), sign="times")


def worked(page: Page, leaf: Name | Partial, form: Written) -> Worked:
    """Return a leaf, a form of it, and its number."""
    symbols: tuple[Link, ...] = () if isinstance(form, Number) else (("=", form),)
    if not page.values.knows(leaf.key):
        return Worked(leaf, symbols or (("=", form),))
    spelled = page.values.spelled(leaf.key)
    rounded = _in_numbers(page, form, spelled.number, spelled.exact)
    return Worked(leaf, symbols, rounded, _exactly(page.values.exact[leaf.key], spelled))


def summed(page: Page, leaf: Partial, forms: Sequence[Written]) -> tuple[list[Worked], Worked | None]:
    """Return what each path contributes to a gradient and their sum, in digits with which the sum can be followed."""
    if not page.values.knows(leaf.key):
        return [Worked(form) for form in forms], None
    values, result = page.values, page.values.spelled(leaf.key)
    contributions = [_value(page, form) for form in forms]
    for extra in range(MOST_EXTRA_DIGITS + 1):
        digits = values.policy.digits_of(leaf.key)
        parts = [spell(each, digits, values.policy.rounding, extra) for each in contributions]
        line = Sum(tuple(part.number for part in parts))
        if follows_number(line, result.number, values.policy.rounding):
            break
    ways = [
        Worked(form, (), _in_numbers(page, form, part.number, part.exact), _exactly(value, part))
        for form, part, value in zip(forms, parts, contributions, strict=True)
    ]
    is_exact = result.exact and all(part.exact for part in parts)
    sign = "=" if is_exact else "≈"
    rounded: tuple[Link, ...] = ((sign, line), (sign, result.number))
    return ways, Worked(leaf, (), rounded, _exactly(values.exact[leaf.key], result))


def _value(page: Page, form: Written) -> Real:
    value = interpret(form, page.values.exact)
    assert isinstance(value, Real)
    return value


def _exactly(value: Real, printed: Spelled) -> tuple[Link, ...]:
    """Return the link to a number with all its digits, if what is printed has not got them all."""
    if printed.exact:
        return ()
    text = significant_string(value)
    return (("=" if Real.of(text).compare(value) == 0 else "≈", _in_digits(text)),)


def _in_numbers(page: Page, form: Written, result: Number, is_exact: bool) -> tuple[Link, ...]:
    """Return the form with numbers in place, in the fewest digits from which the result follows, and the result."""
    links: list[Link] = []
    if not isinstance(form, Name | Partial | Number | Cases):
        spelled = _following(page, form, result)
        if spelled is not None:
            is_exact = is_exact and all(each.exact for each in spelled.values())
            links.append(("=" if is_exact else "≈", Valued(form, {key: each.number for key, each in spelled.items()})))
    return (*links, ("=" if is_exact else "≈", result))


def _following(page: Page, form: Written, result: Number) -> dict[str, Spelled] | None:
    keys = leaves(form)
    for extra in range(MOST_EXTRA_DIGITS + 1):
        spelled = page.values.known(keys, extra)
        if len(spelled) < len(keys):
            return None
        if line_follows(form, spelled, [result], page.values.policy.rounding):
            return spelled
    return None
