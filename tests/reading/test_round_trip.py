"""What symback prints reads back as what was printed, up to the normal form of `tests.reading.normal`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from symback import resources
from symback.document.compose import compose
from symback.notation.names import Names
from symback.reading.statements import Statement, statements
from symback.spec.load import load_file
from symback.written.latex import LatexPrinter
from symback.written.nodes import (
    Call,
    Derivative,
    IndexedSum,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Text,
    Written,
)
from symback.written.printer import Printer
from symback.written.text import TextPrinter
from tests.reading.normal import equations, normal, plain, spelled_out

EXAMPLES = sorted((Path(__file__).parents[2] / "symback" / "examples").glob("*.yaml"))
KINDS = ("handout", "worksheet", "solution")

Chain = tuple[list[Written], list[str]]
"""The sides that were printed or read, and the signs between them."""


def trees(part: Any) -> Iterator[Written]:
    """Yield the mathematics that stands in the blocks of a page."""
    if isinstance(part, Written):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from trees(inner)
    elif is_dataclass(part):
        for field in fields(part):
            yield from trees(getattr(part, field.name))


@cache
def page(path: Path, notation: str) -> tuple[Names, list[Written]]:
    """Return the symbols and all mathematics of the three pages of an example."""
    found: dict[Written, None] = {}
    names = None
    for kind in KINDS:
        document, names = compose(load_file(path), notation=notation, kind=kind)
        for tree in trees(document.blocks):
            found[spelled_out(tree, names)] = None
    assert names is not None
    return names, list(found)


def printed(tree: Written) -> Chain:
    """Return what should be read of a tree."""
    sides: list[Written] = []
    signs: list[str] = []
    for equation in equations(tree):
        links = equation.links if isinstance(equation, Relation) else ()
        sides += [equation.first if isinstance(equation, Relation) else equation, *(side for _, side in links)]
        signs += ["", *("" if sign == "⇒" else sign for sign, _ in links)]
    return sides, signs


def read(text: str, math: bool) -> Chain:
    """Return the sides and signs that are read; one that is refused is lacking."""
    found: list[Statement] = list(statements(text, math))
    sides = [side.node for statement in found for side in statement.sides if side.node is not None]
    return sides, [sign for statement in found for sign in statement.signs]


def goes_round(tree: Written, printer: Printer, math: bool) -> bool:
    """Whether what is printed of a tree reads back as the tree."""
    wanted, signs = printed(tree)
    got, found = read(printer.print(tree), math)
    if not math:
        wanted, got = list(map(plain, wanted)), list(map(plain, got))
    return (list(map(normal, got)), found) == (list(map(normal, wanted)), signs)


def is_brace_of_equations(tree: Written) -> bool:
    """Whether equations stand behind one brace.

    Plain text has no form for that, and a notation that shows every product sign sets one between label and brace.
    """
    return equations(tree) != [tree]


def unread(printer: Printer, found: list[Written], math: bool) -> list[str]:
    """Return what does not read back as it was printed."""
    return [printer.print(tree) for tree in found if not goes_round(tree, printer, math)]


@pytest.mark.parametrize("notation", resources.notations())
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_latex_of_every_page_reads_back(path: Path, notation: str):
    names, found = page(path, notation)
    printer = LatexPrinter(names, names.notation.product, juxtapose=names.notation.juxtapose == "yes")
    shown = [tree for tree in found if names.notation.juxtapose == "yes" or not is_brace_of_equations(tree)]
    assert shown
    assert unread(printer, shown, True) == []


@pytest.mark.parametrize("notation", resources.notations())
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_plain_text_of_every_page_reads_back(path: Path, notation: str):
    names, found = page(path, notation)
    printer = TextPrinter(names)
    lines = [tree for tree in found if not is_brace_of_equations(tree)]
    assert lines
    assert unread(printer, lines, False) == []


LEAVES = (
    Symbol("x", (Number("1"),)),
    Symbol("w", (Number("1"), Number("2")), (Text("("), Number("1"), Text(")"))),
    Symbol("\\delta", (Symbol("j"),)),
    Symbol("y", accent="hat"),
    Symbol("W", bold=True),
    Number("0.5"),
    Number("2"),
    Number("-1.25"),
)
SIGMA = Symbol("\\sigma")


def grown(random: Random, depth: int) -> Written:
    """Return a random tree of that depth."""
    if depth == 0:
        return random.choice(LEAVES)

    def inner() -> Written:
        return grown(random, random.randrange(depth))

    match random.randrange(13):
        case 0 | 1:
            return Sum(tuple(inner() for _ in range(random.randint(2, 3))))
        case 2 | 3:
            return Product(
                tuple(inner() for _ in range(random.randint(2, 3))), random.choice(("", "times", "dot")), True
            )
        case 4:
            return Product((inner(), inner()), "hadamard")
        case 5:
            return Negative(inner())
        case 6:
            return Quotient(inner(), inner())
        case 7:
            return Power(inner(), Number(random.choice(("2", "3"))))
        case 8:
            return Call(SIGMA, (inner(),), random.randrange(2))
        case 9:
            return Call("max", (Number("0"), inner()))
        case 10:
            return Matrix(tuple((inner(), inner()) for _ in range(2)))
        case 11:
            return Derivative(Symbol("L"), random.choice(LEAVES[:4]))
        case _:
            return IndexedSum(inner(), Symbol("k"), Number("1"), Number("3"))


def random_trees(count: int) -> list[Written]:
    random = Random(20)
    return [grown(random, 1 + number % 4) for number in range(count)]


@pytest.mark.parametrize("math", [True, False], ids=["latex", "plain"])
def test_random_trees_read_back(math: bool):
    printer = LatexPrinter(lambda name: Symbol(name)) if math else TextPrinter()
    lost = [printer.print(tree) for tree in random_trees(600) if not goes_round(tree, printer, math)]
    assert lost == []
