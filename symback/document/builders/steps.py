"""Learning sample by sample: what all steps have made of the parameters."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document.blocks import Block, Inline, Table
from symback.document.page import Page, Scope
from symback.values.values import Values
from symback.written.nodes import NEW, Name

MOST_COLUMNS = 9
"""How many parameters stand side by side before they go on in another table."""


def parameter_tables(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the parameters at the start and after each step, a row for each."""
    parameters = [name for name in page.graph.learned if page.values.knows(name)]
    steps = [page.values.step(number) for number in range(1, len(page.graph.steps) + 1)]
    for start in range(0, len(parameters), MOST_COLUMNS):
        columns = parameters[start : start + MOST_COLUMNS]
        rows = [_row(page, "0", page.values, columns)]
        for number, values in enumerate(steps, 1):
            rows.append(_row(page, str(number), values, [name + NEW for name in columns]))
        yield Table((page.phrases("online-column"), *((Name(name),) for name in columns)), tuple(rows))


def _row(page: Page, first: str, values: Values, keys: list[str]) -> tuple[Inline, ...]:
    known = (((values.number(key),) if values.knows(key) else page.phrases("unknown")) for key in keys)
    return ((first,), *known)
