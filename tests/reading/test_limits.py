"""Whatever stands in a document, reading it ends soon: limits are kept, and time grows with length alone."""

from __future__ import annotations

from time import process_time

import pytest

from symback.reading.documents import blocks
from symback.reading.macros import DEEPEST, MOST
from symback.reading.statements import Side, statements
from symback.reading.tree import DEPTH, DIGITS, DOCUMENT, EXPONENT, LINE, NODES, ROWS, Unreadable
from symback.verify.reading import read_document


def side(text: str, math: bool = True) -> Side:
    (statement,) = statements(text, math)
    (found,) = statement.sides
    return found


def nested(depth: int) -> str:
    """Return a name in so many brackets, each of which is three levels: the bracket, what is in it, a sum."""
    return "(" * depth + "x" + ")" * depth


def test_depth():
    inside = (DEPTH - 2) // 3
    assert side(nested(inside)).node is not None
    assert side(nested(inside + 1)).problem == f"formulas nest up to {DEPTH} deep"


@pytest.mark.parametrize("unit", ["√", "-", r"\frac{1}", "x^{", "x_{", r"\hat ", r"\sqrt", "[", "|x+", r"\ln "])
def test_depth_of_whatever_nests(unit: str):
    assert side(unit * 200 + "x").node is None


def test_parts():
    assert side("+".join("x" * (NODES - 1))).node is not None
    assert side("+".join("x" * NODES)).problem == f"formulas have up to {NODES} parts"


def test_digits():
    assert side("1" * DIGITS).node is not None
    assert side("1" * (DIGITS + 1)).problem == f"numbers go up to {DIGITS} digits"
    assert side("x_{" + "1" * (DIGITS + 1) + "}").problem == f"numbers go up to {DIGITS} digits"
    assert side("1e1234").problem == f"numbers go up to {DIGITS} digits"


@pytest.mark.parametrize("base", ["x", "2", "(x)", "e"])
def test_exponents(base: str):
    assert side(f"{base}^{{{EXPONENT}}}").node is not None
    assert side(f"{base}^{{{EXPONENT + 1}}}").problem == f"exponents go up to {EXPONENT}"
    assert side(f"{base}^{{-{EXPONENT + 1}}}").problem == f"exponents go up to {EXPONENT}"


def test_rows_and_columns():
    def column(length: int) -> str:
        return r"\begin{bmatrix} " + r" \\ ".join("1" * length) + r" \end{bmatrix}"

    assert side(column(ROWS)).node is not None
    assert side(column(ROWS + 1)).problem == f"matrices go up to {ROWS} rows and columns"
    assert side("[" + ", ".join("1" * (ROWS + 1)) + "]").problem == f"matrices go up to {ROWS} rows and columns"


def test_characters_of_one_formula():
    long = "x" + " " * (LINE - 1) + "+ y"
    assert side(long[:LINE]).node is not None
    assert side(long).problem == f"formulas have up to {LINE} characters"


def test_a_chain_may_be_longer_than_each_formula_in_it():
    long = "x" + " " * (LINE - 2) + "y"
    (statement,) = statements(f"{long} = {long} = {long}z", True)
    assert [each.node is None for each in statement.sides] == [False, False, True]


def test_a_display_may_be_longer_than_a_formula():
    row = "z_1 &= 0.5 \\cdot 0.25 + 0.125 = 0.25 \\\\\n"
    found = list(statements(row * (LINE // len(row) + 10), True))
    assert len(found) == LINE // len(row) + 10
    assert all(each.node is not None for statement in found for each in statement.sides)


def test_characters_of_a_document():
    line = "words " * 170 + "\n"
    text = (line * (DOCUMENT // len(line) + 1))[:DOCUMENT]
    assert len(list(blocks(text))) == DOCUMENT // len(line) + 1
    with pytest.raises(Unreadable, match=str(DOCUMENT)):
        list(blocks(text + "a"))


def test_macros_that_double_each_other_end():
    text = r"\newcommand{\zero}{x x x x}" + "".join(
        rf"\newcommand{{\{after}}}{{\{before}\{before}\{before}\{before}\{before}\{before}\{before}\{before}}}"
        for before, after in zip(
            *[("zero", "one", "two", "three", "four", "five"), ("one", "two", "three", "four", "five", "six")],
            strict=True,
        )
    )
    document = read_document(text + "\n$$ \\six = 1 $$")
    refused = [each for statement in document.statements() for each in statement.sides if each.node is None]
    assert refused
    assert len(text) < MOST
    assert DEEPEST < 10


LENGTH = 100_000
UNITS = (
    "{", "}", "$", "$$", "(", ")", "[", r"\frac", r"\frac{", "^", "_", "^{", "_{", "&", '"', "'", "|", "| ", "`", "```\n",
    "\\", r"\\", "x", "x=", "1.", "-", "=", "d(", "|x", r"\begin{cases}", r"\begin{bmatrix}", r"\begin{align}", r"\[",
    r"\(", r"\(x", "%", "#", "**", "\t", "a\t", "a | ", "|a|\n", r"\text{", r"\text{a}", r"a \quad b=", r"a\quad ",
    r"\newcommand{\a}{", r"\def\a{\a\a}", "√", "∑", "∂x/", "dx/", "d(x)", "∇_", "ln ", "e^", "x^{2", "w_{1", "1,", r"1\,000",
    "~", "- ", "1. ", "> ", r"\phantom{a", "a__b", r"\mathbf{", "[1 ", "[[", "f'", "ŷ", "₁", "½", r"\begin{tabular}{", "--|",
    "9", "<", "=>", r"\mathrm{d}",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_run_of_anything_is_read_soon(unit: str):
    """Every way of reading takes less than a fifth of what would be quadratic."""
    text = (unit * (LENGTH // len(unit) + 1))[: LENGTH // 5]
    before = process_time()
    read_document(text)
    list(statements(text, True))
    list(statements(text, False))
    assert process_time() - before < 1


@pytest.mark.parametrize("unit", ["{", "$", "(", r"\frac", "^", "_", "&", '"', "'", "|", "`", "| a ", "$a$|"])
def test_a_document_of_one_run_is_read_within_a_second(unit: str):
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    before = process_time()
    read_document(text)
    assert process_time() - before < 1


def test_time_grows_with_length_alone():
    unit = r"Also gilt $z_1 = w_{11} x_1 + b_1 = 0.4 \cdot 0.5 + 0.1 = 0.3$ und damit" + "\n"

    def seconds(count: int) -> float:
        text = unit * count
        best = []
        for _ in range(3):
            before = process_time()
            read_document(text)
            best.append(process_time() - before)
        return min(best)

    assert seconds(800) < 12 * seconds(100)
