"""Changes behind the name of what changes: ``w_1: 0.6 -> 0.607`` says what it was and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symback.reading.statements import Side, Statement
from symback.verify.printed import printed_rows
from symback.written.nodes import Symbol

_MARKS = " \t*_`$:"
"""What stands between a name and its change: a colon and marks of emphasis."""


def labelled(found: Iterable[Statement], words: str, start: int) -> Iterator[Statement]:
    """Yield statements, and in place of a name with a change behind its colon what that says.

    Parameters
    ----------
    found
        The statements of a line.
    words, start
        The line, and where it starts in the document.
    """
    held: Side | None = None
    for statement in (part for one in found for part in changes(one)):
        name, held = held, _name(statement)
        if (
            name is not None
            and _is_change(statement)
            and is_label(words[name.end - start : statement.sides[0].start - start])
        ):
            yield from changes(Statement((name, *statement.sides), ("", "=", *statement.signs[1:])))
            continue
        if name is not None:
            yield Statement((name,), ("",))
        if held is None:
            yield statement
    if held is not None:
        yield Statement((held,), ("",))


def changes(statement: Statement) -> Iterator[Statement]:
    """Yield what a name, its number and a change of that say, ``w_1 = 0.6 -> 0.607``; other statements as they are."""
    name, *numbers = statement.sides
    rest = Statement(tuple(numbers), ("", *statement.signs[2:])) if numbers else statement
    if not isinstance(name.node, Symbol) or statement.signs[:2] != ("", "=") or not _is_change(rest):
        yield statement
        return
    old, *new = numbers
    yield Statement((name, old), ("", "="))
    yield Statement((name, *new), ("", *statement.signs[2:]))


def _name(statement: Statement) -> Side | None:
    is_name = len(statement.sides) == 1 and isinstance(statement.sides[0].node, Symbol)
    return statement.sides[0] if is_name and statement.signs == ("",) else None


def _is_change(statement: Statement) -> bool:
    """Whether numbers go over into others, which may be worked out: ``0.6 → 0.6 - 0.1 * 0.2 = 0.58``."""
    first, last = statement.sides[0], statement.sides[-1]
    return statement.signs[:2] == ("", "→") and bool(printed_rows(first) and printed_rows(last))


def is_label(between: str) -> bool:
    """Whether a colon, and nothing but marks of emphasis beside it, stands between a name and what is said of it."""
    return between.count(":") == 1 and not between.strip(_MARKS)
