"""Notebooks: a cell of Markdown for each section of a page, and behind it a cell that computes what it printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from symback.document.blocks import Block, Display, Document, Heading, Table
from symback.formats.latex import LatexWriter
from symback.formats.writer import Printed
from symback.written.nodes import Matrix, Name, Partial, Relation, Valued, Written


class NotebookWriter(LatexWriter):
    """Writes cells: Markdown with its blocks, and code with its lines."""

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that a skeleton may use."""
        cells = list(self._cells(document))
        return {"title": document.title, "language": document.language, "cells": cells, "quoted": _quoted}

    def _cells(self, document: Document) -> Iterator[Mapping[str, Any]]:
        program = document.program()
        for place, section in enumerate(_sections(self.counted(document))):
            yield {"kind": "markdown", "blocks": self.shown(self.fitted(section, document.whole))}
            if program is not None:
                lines = program.opening() if place == 0 else program.cell(_found(section))
                if lines:
                    yield {"kind": "code", "lines": lines}


def _quoted(text: str) -> Printed:
    """Return text as a string of JSON."""
    return Printed(json.dumps(str(text).strip("\n"), ensure_ascii=False))


def _sections(blocks: Iterable[Block]) -> Iterator[Sequence[Block]]:
    """Yield the blocks from each heading to the next."""
    count = 0

    def section(block: Block) -> int:
        nonlocal count
        count += isinstance(block, Heading)
        return count

    yield from (tuple(found) for _, found in groupby(blocks, key=section))


def _found(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the keys of all numbers that displays and tables give as results."""
    for block in blocks:
        for result in _results(block):
            if isinstance(result, Valued):
                yield from (leaf.key for leaf in _leaves(result.body))


def _results(block: Block) -> Iterator[object]:
    """Yield what stands where results do: at the end of a chain, or in the cell of a table."""
    if isinstance(block, Display):
        yield from (row.links[-1][1] for row in block.rows if isinstance(row, Relation) and row.links)
    elif isinstance(block, Table):
        yield from (part for row in block.rows for cell in row for part in cell)


def _leaves(tree: Written) -> Iterator[Name | Partial]:
    if isinstance(tree, Name | Partial):
        yield tree
    elif isinstance(tree, Matrix):
        yield from (entry for row in tree.rows for entry in row if isinstance(entry, Name | Partial))
