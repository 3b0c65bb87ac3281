"""Slides are about equally full: no line is left alone where a slide beside it could share, and words keep their display."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from symback.document.blocks import Block, Display, Listing, Paragraph, Space, Table
from symback.formats.breaks import slides
from symback.written.nodes import Name, Number, Relation, Symbol

ROOM = 10.0


def high(block: Block) -> float:
    """Return a height: words take 1, a row, a link or an item 2, and a table 1 more than its rows."""
    match block:
        case Display(rows):
            return 2.0 * sum(len(row.links) if isinstance(row, Relation) else 1 for row in rows)
        case Listing(items):
            return 2.0 * len(items)
        case Table(_, rows):
            return 1.0 + 2.0 * len(rows)
        case Space(lines):
            return float(lines)
    return 1.0


def cut(*blocks: Block) -> list[list[float]]:
    return [[high(block) for block in slide] for slide in slides(blocks, high, ROOM)]


WORDS = Paragraph(("words",))
LINE = Display((Symbol("x"),))


def chain(links: int) -> Display:
    return Display((Relation(Name("a"), tuple(("=", Number(str(place))) for place in range(links))),), tag="7")


def rows(count: int) -> Display:
    return Display(tuple(Symbol("x") for _ in range(count)))


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([LINE] * 5, [[2] * 5]),
        ([LINE] * 6, [[2] * 3, [2] * 3]),
        ([WORDS, rows(4), LINE], [[1, 4], [4, 2]]),
        ([WORDS, rows(3), WORDS, LINE, LINE], [[1, 6], [1, 2, 2]]),
        ([chain(6)], [[6], [6]]),
        ([WORDS, chain(4), LINE], [[1, 8], [2]]),
        ([rows(3), WORDS, rows(2)], [[6], [1, 4]]),
        ([rows(4), WORDS, chain(5)], [[8, 1], [10]]),
        ([Listing((("a",),) * 6)], [[6], [6]]),
        ([Table((), ((),) * 6)], [[7], [7]]),
        ([WORDS, Space(40)], [[1, 9]]),
        ([], [[]]),
    ],
)
def test_slides_share_what_stands_under_a_heading(blocks: Sequence[Block], expected: list[list[float]]):
    assert cut(*blocks) == expected


def test_what_is_cut_is_whole_again_when_it_is_joined():
    whole = chain(11)
    parts = [block for slide in slides([WORDS, whole, WORDS], high, ROOM) for block in slide]
    displays = [block for block in parts if isinstance(block, Display)]
    assert len(displays) == 3
    assert [link for part in displays for row in part.rows for link in row.links] == list(whole.rows[0].links)
    assert [part.tag for part in displays] == ["", "", "7"]
    assert [block for block in parts if block == WORDS] == [WORDS, WORDS]


def test_rows_are_cut_at_their_links_where_one_is_higher_than_a_slide():
    block = Display((*rows(1).rows, *chain(7).rows, *rows(1).rows))
    assert [high(part) for slide in slides([block], high, ROOM) for part in slide] == [2, 6, 8, 2]
