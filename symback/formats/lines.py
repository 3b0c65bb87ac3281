"""Displays in lines that fit: where a chain is broken, and where a long side goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symback.document.blocks import Display
from symback.formats.room import APART, WIDEST, Room, is_sum
from symback.written.nodes import Relation, Written
from symback.written.page_printer import PagePrinter


@dataclass(frozen=True, slots=True)
class Lines:
    """Breaks displays so that their lines fit."""

    printer: PagePrinter
    room: Room

    def of(self, block: Display) -> list[tuple[str, str]]:
        """Return the lines of a display, each in two parts: what is before its first relation sign, and the rest."""
        return [line for row in block.rows for line in self._row(row, self.room.is_broken(row, block.stacked))]

    def _row(self, row: Written, broken: bool) -> Iterator[tuple[str, str]]:
        if not isinstance(row, Relation):
            yield "", " " + self.printer.print(row)
            return
        first, links = self.printer.links(row)
        if not broken:
            yield first, " ".join(links)
            return
        beside = self._stands_beside(row)
        if not beside:
            yield "", " " + first
        for place, ((_, side), link) in enumerate(zip(row.links, links, strict=True)):
            for number, line in enumerate(self._side(row.first if beside else None, side, link)):
                yield first if beside and not place + number else "", line

    def _stands_beside(self, row: Relation) -> bool:
        """Say whether the first side of a chain stands on one line with the second, and the others beneath that."""
        if self.room.scrolls:
            return True
        widest = APART * self.room.end
        sides = (self.room.measure.up_to(widest, side) for _, side in row.links if not is_sum(side))
        return self.room.measure.up_to(widest, row.first) + max(sides, default=0.0) <= widest

    def _side(self, first: Written | None, side: Written, link: str) -> list[str]:
        """Return a link on as many lines as the terms of its side need, beside the first side of the chain if any."""
        if not is_sum(side):
            return [link]
        widest = WIDEST * self.room.width
        room = widest - (self.room.measure.up_to(widest, first) if first is not None else 0.0)
        sizes = self.room.measure.terms(widest, side)
        if sum(sizes) <= room:
            return [link]
        terms = self.printer.terms(side)
        lines, filled = [link.removesuffix("".join(terms)) + terms[0]], sizes[0]
        for term, size in zip(terms[1:], sizes[1:], strict=True):
            filled += size
            if filled > room:
                lines.append(self.printer.CONTINUATION + term)
                filled = size
            else:
                lines[-1] += term
        return lines
