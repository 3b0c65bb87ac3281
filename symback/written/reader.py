"""The reader of spec expressions, from plain text such as ``1/2 (t - y)^2`` to mathematics as written.

Nothing in the text is ever executed. What would be too large for the calculus is refused here, and what a person could
read in two ways (``1/2x``) is refused rather than guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from typing import NamedTuple, NoReturn

from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Written,
)
from symback.written.tokens import ExpressionError, Token, tokens

DEPTH = 64
NODES = 2_000
DIGITS = 30
EXPONENT = 64
BITS = 20_000
"""The largest number, in bits, to which the plain numbers of an expression could multiply up."""

FUNCTIONS = {
    "abs": 1, "cos": 1, "exp": 1, "ln": 1, "log": 1, "sgn": 1, "sin": 1, "sqrt": 1, "tanh": 1, "max": 2, "min": 2,
}  # fmt: skip
"""The functions and how many arguments they take; ``max`` and ``min`` take more as well."""
SEVERAL = frozenset({"max", "min"})
CASES = "cases"
CONSTANTS = frozenset({"e", "pi"})
RELATIONS = {"<": "<", ">": ">", "<=": "≤", ">=": "≥", "=": "=", "==": "=", "!=": "≠"}


def read(text: str, names: Collection[str] | None = None, functions: Collection[str] = ()) -> Written:
    """Read an expression.

    Parameters
    ----------
    text
        Sums, products, quotients, powers (``^`` or ``**``) and calls of the `FUNCTIONS`, of ``cases(value, condition,
        …)`` and of decimal numbers, the constants ``e`` and ``pi``, and names.
    names
        The names that the expression may use; they win over constants. Without it any name may be used.
    functions
        Further functions of one argument that it may call, besides the `FUNCTIONS`.

    Raises
    ------
    ExpressionError
        If the text is not an expression, uses an unknown name, or passes one of the limits of this module.
    """
    return _Reader(text, names, functions).whole()


class _Part(NamedTuple):
    """A node with what the limits need to know of it."""

    node: Written
    height: int
    bits: float
    named: bool


class _Reader:
    def __init__(self, text: str, names: Collection[str] | None, functions: Collection[str]) -> None:
        self._names = names
        self._functions = {**dict.fromkeys(functions, 1), **FUNCTIONS}
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0
        self._nodes = 0

    def whole(self) -> Written:
        part = self._sum()
        if self._token.kind != "end":
            self._unexpected()
        return part.node

    # Grammar, from the loosest operation to the tightest.

    def _condition(self) -> _Part:
        parts = [self._sum()]
        links: list[tuple[str, Written]] = []
        while self._token.text in RELATIONS:
            sign = RELATIONS[self._next().text]
            parts.append(self._sum())
            links.append((sign, parts[-1].node))
        if not links:
            self._fail("a condition needs one of < <= > >= = !=")
        return self._made(Relation(parts[0].node, tuple(links)), parts)

    def _sum(self) -> _Part:
        parts = [self._term()]
        while self._token.text in ("+", "-"):
            minus = self._next().text == "-"
            term = self._term()
            parts.append(self._made(Negative(term.node), [term]) if minus else term)
        return parts[0] if len(parts) == 1 else self._made(Sum(tuple(part.node for part in parts)), parts)

    def _term(self) -> _Part:
        """Read a product; a minus in front of it negates the whole, as in mathematics."""
        if self._token.text == "-" and not self._at_negative_number():
            return self._negated(self._term)
        return self._product()

    def _product(self) -> _Part:
        parts = [self._juxtaposed(self._factor())]
        while self._token.text in ("*", "/"):
            divides = self._next().text == "/"
            factor = self._factor()
            if not divides:
                parts.append(self._juxtaposed(factor))
                continue
            above = self._multiplied(parts)
            quotient = self._made(Quotient(above.node, factor.node), [above, factor])
            if _is_plain(quotient.node) and self._token.kind == "name" and not self._token.spaced:
                self._fail("it is not clear what the fraction multiplies: put * or brackets")
            parts = [self._juxtaposed(quotient)]
        return self._multiplied(parts)

    def _multiplied(self, parts: list[_Part]) -> _Part:
        return parts[0] if len(parts) == 1 else self._made(Product(tuple(part.node for part in parts)), parts)

    def _juxtaposed(self, left: _Part) -> _Part:
        """Join what stands around ``~``, and a plain number or fraction to the name or bracket right behind it."""
        parts = [left]
        while self._token.text == "~":
            self._next()
            parts.append(self._power())
        if len(parts) > 1:
            return self._made(Product(tuple(part.node for part in parts), juxtaposed=True), parts)
        if not (_is_plain(left.node) and (self._token.kind == "name" or self._token.text == "(")):
            return left
        right = self._power()
        return self._made(Product((left.node, right.node), juxtaposed=True), [left, right])

    def _factor(self) -> _Part:
        if self._token.text == "-":
            return self._negative_number() if self._at_negative_number() else self._negated(self._factor)
        return self._power()

    def _power(self) -> _Part:
        base = self._atom()
        if self._token.text not in ("^", "**"):
            return base
        sign = self._next()
        self._enter(sign)
        exponent = self._factor()
        self._depth -= 1
        node = exponent.node
        if isinstance(node, Number) and abs(node.value) > EXPONENT:
            self._fail(f"exponents go up to {EXPONENT}", sign)
        if exponent.named:
            bits = base.bits + exponent.bits
        elif isinstance(node, Number):
            bits = base.bits * max(1.0, abs(float(node.value)))
        else:
            bits = base.bits * 2.0 ** min(exponent.bits, DEPTH)
        return self._made(Power(base.node, node), [base, exponent], bits)

    def _atom(self) -> _Part:
        token = self._next()
        if token.kind == "number":
            return self._number(token, token.text)
        if token.kind == "name":
            return self._call(token) if self._token.text == "(" else self._name(token)
        if token.text == "(":
            self._enter(token)
            part = self._sum()
            self._close(token)
            return part
        if token.kind == "end":
            self._fail("the expression ends too early", token)
        return self._fail(f"unexpected {token.text!r}", token)

    def _number(self, token: Token, text: str) -> _Part:
        digits = len(text.lstrip("-").replace(".", ""))
        if digits > DIGITS:
            self._fail(f"numbers go up to {DIGITS} digits", token)
        return self._made(Number(text), [], 3.33 * digits)

    def _name(self, token: Token) -> _Part:
        text = token.text
        if self._names is not None and text in self._names:
            return self._made(Name(text), [])._replace(named=True)
        if text in CONSTANTS:
            return self._made(Constant(text), [])
        if text in self._functions or text == CASES:
            self._fail(f"the function {text!r} needs its arguments in brackets", token)
        if self._names is not None:
            known = sorted({*self._names, *CONSTANTS, *self._functions, CASES})
            nearest = difflib.get_close_matches(text[:DEPTH], known, 1)
            raise ExpressionError(f"unknown name {text!r}", token.column, nearest[0] if nearest else None)
        return self._made(Name(text), [])._replace(named=True)

    def _call(self, token: Token) -> _Part:
        text = token.text
        if text not in self._functions and text != CASES:
            nearest = difflib.get_close_matches(text[:DEPTH], [*self._functions, CASES], 1)
            message = f"{text!r} is not a function; for a product put * before the bracket"
            raise ExpressionError(message, token.column, nearest[0] if nearest else None)
        bracket = self._next()
        self._enter(bracket)
        parts = [self._sum()]
        while self._token.text == ",":
            self._next()
            parts.append(self._condition() if text == CASES and len(parts) % 2 else self._sum())
        self._close(bracket)
        if text == CASES:
            if len(parts) % 2:
                self._fail("every value in cases(value, condition, …) needs a condition", token)
            branches = zip(parts[::2], parts[1::2], strict=True)
            return self._made(Cases(tuple((value.node, condition.node) for value, condition in branches)), parts)
        least = self._functions[text]
        if len(parts) < least or (len(parts) > least and text not in SEVERAL):
            self._fail(f"{text} takes {least} argument{'s' * (least > 1)}, not {len(parts)}", token)
        return self._made(Call(text, tuple(part.node for part in parts)), parts)

    # Steps through the tokens.

    @property
    def _token(self) -> Token:
        return self._tokens[self._position]

    def _next(self) -> Token:
        token = self._tokens[self._position]
        if token.kind != "end":
            self._position += 1
        return token

    def _at_negative_number(self) -> bool:
        """Whether a minus sign stands directly before a number of its own: ``-2``, but not ``- 2`` or ``-2^2``."""
        following = self._tokens[self._position + 1 : self._position + 3]
        return following[0].kind == "number" and not following[0].spaced and following[1].text not in ("^", "**")

    def _negative_number(self) -> _Part:
        self._next()
        token = self._next()
        return self._number(token, "-" + token.text)

    def _negated(self, operand: Callable[[], _Part]) -> _Part:
        self._enter(self._next())
        part = operand()
        self._depth -= 1
        return self._made(Negative(part.node), [part])

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            self._fail(f"expressions nest up to {DEPTH} deep", token)

    def _close(self, opening: Token) -> None:
        if self._token.kind == "end":
            self._fail("this bracket is never closed", opening)
        if self._token.text != ")":
            self._unexpected()
        self._next()
        self._depth -= 1

    # Nodes and errors.

    def _made(self, node: Written, parts: list[_Part], bits: float | None = None) -> _Part:
        self._nodes += 1
        height = 1 + max((part.height for part in parts), default=0)
        size = 1.0 + sum(part.bits for part in parts) if bits is None else bits
        if self._nodes > NODES:
            self._fail(f"expressions have up to {NODES} parts")
        if height > DEPTH:
            self._fail(f"expressions nest up to {DEPTH} deep")
        if size > BITS:
            self._fail("the numbers of this expression multiply up to one that is too large")
        return _Part(node, height, size, any(part.named for part in parts))

    def _unexpected(self) -> NoReturn:
        token = self._token
        if token.kind in ("number", "name") or token.text == "(":
            self._fail("put * between two factors")
        if token.text in RELATIONS:
            self._fail(f"{token.text!r} may stand only in a condition of cases(value, condition, …)")
        self._fail("this bracket was never opened" if token.text == ")" else f"unexpected {token.text!r}")

    def _fail(self, message: str, token: Token | None = None) -> NoReturn:
        raise ExpressionError(message, (token or self._token).column)


def _is_plain(node: Written) -> bool:
    """Whether the node is a number or a fraction of two."""
    if isinstance(node, Quotient):
        return isinstance(node.numerator, Number) and isinstance(node.denominator, Number)
    return isinstance(node, Number)
