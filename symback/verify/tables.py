"""Tables: each cell is a claim about what its row and its column name."""

from __future__ import annotations

from symback.reading.documents import Table
from symback.verify.judge import Judge


def judge_table(judge: Judge, table: Table) -> None:
    """Judge the cells of a table."""
