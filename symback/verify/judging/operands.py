"""What a printed operand may stand for: a datum of the spec is itself, another number what prints like it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from symback.graph.quantity import BATCH
from symback.verify.alignment import aligned
from symback.verify.balls import decimal, exact, printing_like, prints_as
from symback.verify.claims import FALSE
from symback.verify.duals import Dual, Unknown
from symback.verify.judging.state import MOVED, State
from symback.verify.judging.subject import Formula
from symback.verify.keys import keys_of, lone
from symback.verify.network import SMALLEST
from symback.verify.resolve import Operand
from symback.verify.trees import numbers, parts, parts_directly_in
from symback.written.nodes import Derivative, Number, Symbol, Written

WHOLE = 1000
"""Below this, a number without decimals is a count or a datum, and not rounded."""


def digits(state: State) -> Operand:
    """Return what gives the balls of printed operands where the document stands."""
    return lambda node, value, unit: stands_for(state, value, unit)


def digits_behind(state: State, before: Formula | None, node: Written) -> Operand:
    """Return the same for a formula behind another: behind symbols, what stands for a datum of the spec is that datum.

    Behind numbers, those that do not stand there are results, rounded though a datum may have the same digits.
    """
    if before is None:
        return digits(state)
    keys = {id(part): lone(keys_of(name, state.binding, state.scope)) for name, part in aligned(before.node, node)}
    shown = {(abs(found[0]), found[1]) for found in map(decimal, numbers(before.node)) if found is not None}
    is_worked_out = not any(isinstance(part, (Symbol, Derivative)) for part in parts(before.node))
    kept = set(map(id, _kept(node, before.node))) if is_worked_out else set[int]()

    def ball(part: Written, value: Fraction, unit: Fraction) -> arb:
        key = keys.get(id(part), "")
        datum = state.graph.given.get(key.partition("@")[0])
        if datum is not None and datum.value == value:
            return exact(value)
        if state.is_by_policy(key, (value, unit)) or _is_true(state, key, value, unit):
            return _of_true(state, key, value, unit)
        found = stands_for(state, value, unit)
        is_result = is_worked_out and unit < 1 and (abs(value), unit) not in shown and id(part) not in kept
        return found.union(printing_like(value, unit)) if is_result else found

    return ball


def _is_true(state: State, key: str, value: Fraction, unit: Fraction) -> bool:
    """Whether a number is how a key prints, though a datum of the spec may have the same digits."""
    if not key or state.moves(key):
        return False
    try:
        return prints_as(state.truth.value(key), value, unit)
    except Unknown:
        return False


def results_behind(state: State, before: Written, node: Written) -> Operand:
    """Return the same where all numbers that do not stand in their place in the formula before are results."""
    kept = set(map(id, _kept(node, before)))

    def ball(part: Written, value: Fraction, unit: Fraction) -> arb:
        found = stands_for(state, value, unit)
        return found if id(part) in kept or unit == 1 else found.union(printing_like(value, unit))

    return ball


def _kept(node: Written, before: Written) -> Iterator[Written]:
    """Yield the numbers of a formula that are no results: where they stand, a number stood in the one before too."""
    if node == before or decimal(before) is not None:
        yield from numbers(node)
        return
    inside, left = parts_directly_in(node), list(parts_directly_in(before)) if type(node) is type(before) else []
    if len(inside) == len(left):
        for part, other in zip(inside, left, strict=True):
            yield from _kept(part, other)
        return
    for part in inside:
        if part in left:
            left.remove(part)
            yield from numbers(part)


def mended(state: State) -> Operand:
    """Return what gives the balls of printed operands once every mistake before them is mended."""

    def ball(node: Written, value: Fraction, unit: Fraction) -> arb:
        found = [*_mended_as(state, value, unit, 1), *_mended_as(state, value, unit, -1)] if unit < 1 else []
        total = found[0] if found else stands_for(state, value, unit)
        for one in found[1:]:
            total = total.union(one)
        return total

    return ball


def _mended_as(state: State, value: Fraction, unit: Fraction, sign: int) -> Iterator[arb]:
    """Yield what digits, or their opposite, should have been where the document printed them by mistake."""
    for key, stated in state.carried.of_number((sign * value, unit)):
        if stated.verdict not in FALSE:
            yield stands_for(state, value, unit)
            continue
        meant = [key.removesuffix(MOVED)]
        if state.graph.learned_root == BATCH and key.startswith("loss:"):
            meant.append(BATCH + key.removeprefix("loss"))
        for one in meant:
            try:
                yield sign * state.true(one)
            except Unknown:
                yield printing_like(value, unit)


def may_give(state: State, node: Written, wanted: arb) -> bool:
    """Whether a formula gives a value once one printed operand, which agrees with a datum by chance, is rounded."""
    printed = [part for part in numbers(node) if "." in part.text]
    most = max((_significant(part) for part in printed), default=0)
    return any(_significant(part) >= most - 1 and _gives_with(state, node, part, wanted) for part in printed)


def _significant(part: Number) -> int:
    """Return how many significant digits a number is printed with."""
    return len(part.text.replace(".", "").lstrip("-0"))


def _gives_with(state: State, node: Written, rounded: Written, wanted: arb) -> bool:
    def ball(part: Written, value: Fraction, unit: Fraction) -> arb:
        found = stands_for(state, value, unit)
        return found.union(printing_like(value, unit)) if part is rounded and unit < 1 else found

    value = state.worth(node, state.latest, ball)
    return isinstance(value, Dual) and bool(value.value.overlaps(wanted))


def stands_for(state: State, value: Fraction, unit: Fraction) -> arb:
    """Return the ball of what a printed operand may stand for."""
    if unit == 1 and abs(value) < WHOLE:
        return exact(value)
    ball = _printed_before(state, value, unit)
    if ball is not None:
        return ball
    opposite = _printed_before(state, -value, unit)  # of a minus in front nobody says whose it is
    if opposite is not None:
        return -opposite
    if _is_datum(state, value, unit) or state.truth.has_value(value):
        return exact(value)
    return printing_like(value, unit)


def _printed_before(state: State, value: Fraction, unit: Fraction) -> arb | None:
    """Return what the quantities may be worth for which the document printed these digits; None if there are none."""
    ball: arb | None = None
    for key, stated in state.carried.of_number((value, unit)):
        if stated.verdict in FALSE:
            one = printing_like(value, unit)
        elif key.partition("@")[0] in state.graph.given:
            continue
        else:
            one = _of_true(state, key, value, unit)
        ball = one if ball is None else ball.union(one)
    return ball


def _of_true(state: State, key: str, value: Fraction, unit: Fraction) -> arb:
    """Return what digits may stand for that are right for a key."""
    printed = printing_like(value, unit)
    if key.endswith(MOVED):
        true = printed
    else:
        try:
            true = state.truth.value(key)
        except Unknown:
            return printed
    if (true - exact(value)).contains(0) and true.rad() < SMALLEST:
        return exact(value)
    return printed.union(true)


def _is_datum(state: State, value: Fraction, unit: Fraction) -> bool:
    """Whether a number is one of the spec's, with no more digits than it has there, or a half."""
    stated = state.data.get(value, state.data.get(-value))
    if stated is not None:
        return unit >= stated or value.denominator == 1
    return value == Fraction(1, 2) and unit >= Fraction(1, 10)
