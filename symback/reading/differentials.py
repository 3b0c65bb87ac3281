"""Derivatives: ∂ and d with what stands behind them, the fractions that two of them make, and gradients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symback.reading import functions, scripts, signs
from symback.reading.lexer import Token
from symback.reading.tree import THE_LOSS, identifier
from symback.written.nodes import Derivative, Number, Product, Quotient, Text, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

GRADIENT_PREFIXES = ("grad_", "d_")
"""What programs put before the name of a parameter for its gradient."""


_OF_BY = re.compile(r"d([^\W\d_][^\W_]*)_d([^\W\d_]\w*)|d([^\W\d_]\d?)d([^\W\d_]\d*(?:_\w+)?)")
"""A derivative as programs call it: ``dL_dw11``, ``dfdx``."""


@dataclass(frozen=True, slots=True)
class Differential(Written):
    """A ∂ or d with what stands behind it, on its way to becoming half of a derivative."""

    of: Written | None
    total: bool


def finished(reader: Grammar, node: Written) -> Written:
    """Return a node in which a differential that stands alone is a gradient of the loss: ``dw1``."""
    if not isinstance(node, Differential):
        return node
    if node.of is None or not node.total:
        reader.fail("a ∂ that belongs to no derivative")
    return reader.made(Derivative(THE_LOSS, node.of))


def differential(reader: Grammar, total: bool) -> Written:
    """Read what stands behind ∂ or d; nothing may, as in ``∂/∂x``."""
    if reader.token.kind == "^":
        reader.fail("derivatives of higher order are not read")
    if reader.token.kind in ("}", "/", "over"):
        return Differential(None, total)
    return Differential(_of(reader), total)


def _of(reader: Grammar) -> Written:
    reader.skip_spaces()
    token = reader.token
    if token.kind in ("(", "["):
        return reader.group(")" if token.kind == "(" else "]", reader.next())
    if token.kind == "identifier":
        reader.next()
        return functions.call(reader, token) if functions.calls(reader, token) else _named(reader, token.text)
    return reader.power()


def _named(reader: Grammar, text: str) -> Written:
    return scripts.scripted(reader, identifier(text))


def gradient(reader: Grammar) -> Written:
    r"""Read ``\nabla_W L``, or ``\nabla_W`` alone, which is that of the loss; ``\nabla f`` is by all that f has."""
    if reader.token.kind == "identifier" and reader.token.text[-1].isdigit():
        return reader.made(Derivative(THE_LOSS, _named(reader, reader.next().text)))
    if reader.token.kind in ("name", "identifier"):  # of it, or by it
        return reader.made(Derivative(THE_LOSS, reader.atom()))
    if reader.token.kind != "_":
        reader.fail("a gradient by nothing")
    reader.next()
    by, *_ = scripts.script(reader)
    reader.skip_spaces()
    of = reader.atom() if reader.token.kind in ("name", "identifier", "command") else THE_LOSS
    return reader.made(Derivative(of, by))


def quotient(reader: Grammar, above: Differential) -> Written:
    """Read what stands behind the slash of ``∂L/∂w``."""
    reader.next()
    reader.skip_spaces()
    before, reader.under_differential = reader.under_differential, True
    below = reader.factor()
    reader.under_differential = before
    return _derivative(reader, above, below)


def fraction(reader: Grammar) -> Written:
    r"""Read both groups of ``\frac``, of which two differentials make a derivative."""
    with reader.inside():
        above = _half(reader)
        before, reader.under_differential = reader.under_differential, isinstance(above, Differential)
        below = _half(reader)
        reader.under_differential = before
    if isinstance(above, Differential):
        return _derivative(reader, above, below)
    return reader.made(Quotient(finished(reader, above), finished(reader, below)))


def _half(reader: Grammar) -> Written:
    r"""Read one group of a fraction, or the one digit or letter that stands for it: ``\frac12``."""
    token = reader.token
    if token.kind == "number" and len(token.text) > 1 and token.text.isdecimal():
        reader.tokens[reader.position] = token._replace(text=token.text[1:], start=token.start + 1)
        return reader.made(Number(token.text[0]))
    if token.kind != "{":
        return reader.atom()
    reader.next()
    d, behind = reader.token, reader.ahead()
    is_total = d.kind == "name" and d.text == "d" and "d" not in reader.words
    if is_total and behind.kind in ("name", "hatted", "command", "(", "}"):
        reader.next()
        half = differential(reader, total=True)
    else:
        half = reader.sum()
    reader.close("}", token)
    return half


def _derivative(reader: Grammar, above: Differential, below: Written) -> Written:
    if isinstance(below, Product) and isinstance(below.factors[0], Differential):
        whole = _derivative(reader, above, below.factors[0])
        return reader.made(Product((whole, *below.factors[1:])))
    if not isinstance(below, Differential) or below.of is None:
        reader.fail("a derivative by nothing")
    return reader.made(Derivative(Text("") if above.of is None else above.of, below.of, above.total))


def begins(reader: Grammar, token: Token) -> bool:
    """Whether a d, which was just read in LaTeX, stands directly before a name."""
    following = reader.token
    return (
        token.text == "d"
        and "d" not in reader.words
        and not following.spaced
        and following.kind in ("name", "hatted", "(", "command")
        and following.text not in signs.FUNCTIONS
    )


def of_identifier(reader: Grammar, text: str) -> Written | None:
    """Return the differential or gradient that a name of plain text is: ``dL`` in ``dL/dw``, ``grad_w1``, ``dW1``."""
    written = _OF_BY.fullmatch(text)
    if written is not None:
        of, name = filter(None, written.groups())
        return reader.made(Derivative(identifier(of), _named(reader, name)))
    for prefix in GRADIENT_PREFIXES:
        if text.startswith(prefix) and len(text) > len(prefix):
            return reader.made(Derivative(THE_LOSS, _named(reader, text[len(prefix) :])))
    following = reader.token
    is_apart = following.kind == "(" or (following.kind in ("name", "hatted") and not following.spaced)  # d(x), dβ
    if text == "d" and is_apart and (reader.under_differential or _slash_follows(reader)):
        return Differential(_of(reader), True)
    inner = text[1:]
    if (
        text[0] != "d"
        or not inner
        or not inner[0].isalpha()
        or text in reader.words
        or text.lower().startswith("delta")
    ):
        return None
    if reader.under_differential or _slash_follows(reader) or _is_parameter(inner):
        return Differential(_named(reader, inner), True)
    return None


def _is_parameter(text: str) -> bool:
    """Whether ``d`` before this makes the name that programs give a gradient: ``dW1``, ``db2``, ``dy``."""
    return len(text) < 6 and len(identifier(text).base) == 1


def _slash_follows(reader: Grammar) -> bool:
    """Whether ``/d…`` or ``/∂…`` follows what is being read, perhaps behind indices."""
    place = reader.position
    depth = 0
    while depth or reader.tokens[place].kind in ("_", "^", "{", "}", "(", ")", "number", "name", "'"):
        kind = reader.tokens[place].kind
        depth += (kind in "{(") - (kind in "})")
        if depth < 0 or kind == "over":
            return False
        place += 1
    following = reader.tokens[place + 1] if reader.tokens[place].kind == "/" else None
    return following is not None and (
        following.kind == "∂" or (following.kind in ("identifier", "name") and following.text[0] == "d")
    )
