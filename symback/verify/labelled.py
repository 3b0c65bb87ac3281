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
    for statement in found:
        name, held = held, _name(statement)
        if (
            name is not None
            and _is_change(statement)
            and _is_label(words[name.end - start : statement.sides[0].start - start])
        ):
            old, new = statement.sides
            yield Statement((name, old), ("", "="))
            yield Statement((name, new), ("", "→"))
            continue
        if name is not None:
            yield Statement((name,), ("",))
        if held is None:
            yield statement
    if held is not None:
        yield Statement((held,), ("",))


def _name(statement: Statement) -> Side | None:
    is_name = len(statement.sides) == 1 and isinstance(statement.sides[0].node, Symbol)
    return statement.sides[0] if is_name and statement.signs == ("",) else None


def _is_change(statement: Statement) -> bool:
    return statement.signs == ("", "→") and all(map(printed_rows, statement.sides))


def _is_label(between: str) -> bool:
    return between.count(":") == 1 and not between.strip(_MARKS)
