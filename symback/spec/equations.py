"""The plain equations of a spec: each read on its own, then put into an order in which they can be worked out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from symback.rules.functions import NAMED
from symback.spec.problems import RefusedError, nearest, show
from symback.written.nodes import Written
from symback.written.reader import CASES, FUNCTIONS, read
from symback.written.substitute import leaves
from symback.written.tokens import ExpressionError

MOST_EQUATIONS = 200
NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_(?=[A-Za-z0-9]))*")
RESERVED = frozenset({"batch", "learning_rate", "absent"})
"""Words under which the program keeps quantities of its own."""

CALLABLE = (*FUNCTIONS, CASES, *NAMED)
"""The names that a formula can call, and that no quantity can have."""

AN_EQUATION = "an equation such as z = w*x + b"


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation: the name that it defines, its right side as the author wrote it, and the names that stand there.

    ``offset`` is how many characters into the equation's text the right side begins.
    """

    name: str
    formula: Written
    uses: tuple[str, ...]
    offset: int


def read_equation(text: str, names: Collection[str] | None = None) -> Equation:
    """Read ``NAME = FORMULA``; `names` are those that the formula may use, or None for any.

    Raises
    ------
    RefusedError
        If it is not an equation, with the offset of what is wrong.
    """
    left, sign, right = text.partition("=")
    name = left.strip()
    if not sign or right.startswith("="):
        raise RefusedError(show(text), AN_EQUATION)
    check_name(name, left.index(name) if name else 0)
    offset = len(left) + 1 + len(right) - len(right.lstrip())
    try:
        formula = read(right.strip(), names, NAMED)
    except ExpressionError as error:
        came = f"{show(right.strip())} ({error.message})"
        place = offset + error.column - 1
        raise RefusedError(came, f"a formula for {name}", error.suggestion or "", place) from None
    uses = leaves(formula)
    for used in uses:
        check_name(used, offset + max(right.strip().find(used), 0))
    return Equation(name, formula, uses, offset)


def check_name(name: str, offset: int = 0) -> str:
    """Accept a name that an author may give a quantity.

    Raises
    ------
    RefusedError
        If it is not a plain name, or means something else already.
    """
    if name in CALLABLE:
        raise RefusedError(f"{show(name)}, which is a function", "a name of your own", offset=offset)
    if name in RESERVED:
        raise RefusedError(f"{show(name)}, which has a meaning of its own", "another name", offset=offset)
    if not NAME.fullmatch(name):
        expected = "a name that starts with a letter and has letters, digits and single underscores, such as w_1"
        raise RefusedError(show(name), expected, offset=offset)
    return name


def check_equation(text: str) -> str:
    """Accept an equation that can be read on its own; whether its names are known is asked of all together.

    Raises
    ------
    RefusedError
        If it cannot be read, with the offset of what is wrong.
    """
    read_equation(text)
    return text


def in_order(equations: Sequence[Equation]) -> tuple[list[Equation], list[Equation]]:
    """Return the equations in an order in which each uses only what stands before it, and those that have none.

    An equation stands as early as its place in the list allows.
    """
    known = {equation.name for equation in equations}
    waiting = list(equations)
    ordered: list[Equation] = []
    while ready := next((each for each in waiting if known.isdisjoint(_missing(each, ordered))), None):
        waiting.remove(ready)
        ordered.append(ready)
    return ordered, waiting


def _missing(equation: Equation, before: Sequence[Equation]) -> set[str]:
    return {*equation.uses} - {other.name for other in before}


def circle(waiting: Sequence[Equation]) -> list[Equation]:
    """Return equations each of which needs the next, and the last the first, among those that have no order."""
    by_name = {equation.name: equation for equation in waiting}
    path: list[str] = []
    name = waiting[0].name
    while name not in path:
        path.append(name)
        name = next(used for used in by_name[name].uses if used in by_name)
    return [by_name[each] for each in path[path.index(name) :]]


def free_names(equations: Sequence[Equation], stated: Mapping[str, object] | Sequence[str]) -> Iterator[str]:
    """Yield the names that no equation defines: those with a number in its order, then others as they are used."""
    defined = {equation.name for equation in equations}
    used = [name for equation in equations for name in equation.uses]
    yield from dict.fromkeys(name for name in (*stated, *used) if name not in defined)


def unknown(name: str, known: Collection[str], expected: str) -> RefusedError:
    """Return the error for a name that is not among the known ones."""
    return RefusedError(show(name), expected, nearest(name, known))
