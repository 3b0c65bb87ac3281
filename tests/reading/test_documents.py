"""A document falls into displays, lines, tables and code, and everything keeps its place."""

from __future__ import annotations

import pytest

from symback.reading.documents import Block, Display, Line, Source, Table, blocks, decimal_comma, inline_pieces
from symback.reading.macros import macros
from symback.reading.prose import statements_of
from symback.reading.statements import Statement, Vocabulary, statements
from symback.written.nodes import Derivative, Matrix, Number, Symbol, Text


def of(text: str, kind: type[Block]) -> list[Block]:
    return [block for block in blocks(text) if isinstance(block, kind)]


def cells(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [[cell.text.strip() for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("$$z = 1$$", "z = 1"),
        ("Then\n$$\nz = 1\n$$\nholds.", "\nz = 1\n"),
        (r"so \[ z = 1 \] holds", " z = 1 "),
        (r"\begin{align*} z &= 1 \end{align*}", " z &= 1 "),
        (r"\begin{alignat}{2} z &= 1 \end{alignat}", " z &= 1 "),
        ("$$ z = 1", " z = 1"),
    ],
)
def test_displays(text: str, inside: str):
    (display,) = of(text, Display)
    assert isinstance(display, Display)
    assert display.piece.text == inside
    assert text[display.piece.start :].startswith(inside)


def test_drawings_are_passed_over_and_what_follows_keeps_its_place():
    drawn = "\\begin{tikzpicture}\n\\node at (1,2) {$z = 3$};\n\\end{tikzpicture}"
    text = f"{drawn} then\n$$z = 1$$\n{drawn}"
    (display,) = of(text, Display)
    assert isinstance(display, Display)
    assert text[display.piece.start :].startswith("z = 1")
    lines = [line for line in of(text, Line) if isinstance(line, Line)]
    assert not any(piece.math for line in lines for piece in line.pieces)
    assert len(of("\\begin{tikzpicture} $z = 1$", Line)) == 1


def test_inline_mathematics_keeps_its_place():
    line = r"- Let $z = 1$ and \(a = 2\), then b = 3."
    (found,) = of(line, Line)
    assert isinstance(found, Line)
    assert [(piece.text, piece.math) for piece in found.pieces if piece.math] == [("z = 1", True), ("a = 2", True)]
    assert all(line[piece.start :].startswith(piece.text) for piece in found.pieces if piece.math)


def test_marks_of_emphasis_are_blanked_and_powers_are_not():
    (piece,) = inline_pieces("**z** = `w`", 0)
    assert piece.text.split() == ["z", "=", "w"]
    (piece,) = inline_pieces("y = (t - o)**2", 0)
    assert piece.text == "y = (t - o)**2"


def test_code_in_fences_loses_its_comments():
    text = "```python\nz = w*x + b  # pre-activation\n# nothing\na = f(z) // then\n```\nz = 1"
    code = [line for line in of(text, Line) if isinstance(line, Line) and line.is_code]
    assert [line.pieces[0].text for line in code] == ["z = w*x + b", "a = f(z)"]
    assert isinstance(of(text, Line)[-1], Line)
    assert of(text, Line)[-1].words == "z = 1"


def test_tables_of_pipes_tabulators_and_latex():
    expected = [["w", "value"], ["w_1", "0.5"]]
    pipes = "| w | value |\n|---|:---:|\n| w_1 | 0.5 |"
    latex = r"\begin{tabular}{|l|r|} \hline w & value \\ \hline w_1 & 0.5 \\ \end{tabular}"
    assert cells(of(pipes, Table)[0]) == expected
    assert cells(of(latex, Table)[0]) == expected
    assert cells(of("w\tb\tvalue\nw_1\t1\t0.5", Table)[0]) == [["w", "b", "value"], ["w_1", "1", "0.5"]]


def test_bars_within_dollars_cut_no_cell():
    assert cells(of("| $|z|$ | a |\n|---|---|\n| 1 | 2 |", Table)[0])[0] == ["$|z|$", "a"]


def test_cells_keep_their_place():
    for text in ("| w | v |\n|---|---|\n| w_1 | 0.5 |", r"\begin{tabular}{ll} w & v \\ w_1 & 0.5 \end{tabular}"):
        (table,) = of(text, Table)
        assert isinstance(table, Table)
        assert all(text[cell.start :].startswith(cell.text) for row in table.rows for cell in row)


def test_one_row_of_pipes_is_no_table():
    assert of("| a | b |", Table) == []


def test_comments_and_preambles_of_latex_are_not_read():
    text = "\\documentclass{article} $z = 9$\n\\begin{document}\n% $z = 8$\n$z = 50\\%$\n\\end{document}"
    pieces = [piece.text for line in of(text, Line) if isinstance(line, Line) for piece in line.pieces if piece.math]
    assert pieces == ["z = 50\\%"]


def test_percent_signs_of_other_documents_are_no_comments():
    (line,) = of("error = 12% and z = 1", Line)
    assert isinstance(line, Line)
    assert line.pieces[0].text == "error = 12% and z = 1"


def test_places_count_from_one():
    source = Source("ab\n\ncd")
    assert [source.place(offset) for offset in (0, 1, 3, 4, 5)] == [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,5 und 0,7 und 1,25", True),
        (r"0{,}5 \cdot 0{,}7 = 0{,}35", True),
        ("0,5 + 0,7 = 1,2 und 0{,}4", True),
        ("w_{1,2} = 0.5, b = 0.1, 0.2", False),
        ("(1,2), (3,4), (5,6), 0.5, 0.25, 0.1, 1.5", False),
    ],
)
def test_decimal_commas(text: str, expected: bool):
    assert decimal_comma(text) is expected


def found(line: str, *words: str) -> list[str]:
    """Return the text of every formula in a line."""
    read = statements_of(Line(line, 0, inline_pieces(line, 0)), Vocabulary(frozenset(words)))
    return [line[one.sides[0].start : one.sides[-1].end] for one in read]


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        ("Also ist z1 = 0.4*0.5 + 0.1 = 0.3 und damit a1 = 0.57.", ["z1 = 0.4*0.5 + 0.1 = 0.3", "a1 = 0.57"]),
        ("On obtient a₁ ≈ 0.5744.", ["a₁ ≈ 0.5744"]),
        ("Por tanto, δ₁ = 0.2 · 0.24 = 0.048", ["δ₁ = 0.2 · 0.24 = 0.048"]),
        ("zatem w5 = 0.4 - 0.5*0.082", ["w5 = 0.4 - 0.5*0.082"]),
        ("The loss is small.", []),
        ("We take a = 1 and then b = 2", ["a = 1", "b = 2"]),
        ("dL/dw1 = (a - t)*x (chain rule)", ["dL/dw1 = (a - t)*x"]),
    ],
)
def test_formulas_among_words(line: str, formulas: list[str]):
    assert found(line) == formulas


def lone(text: str, **known: object) -> Statement:
    (statement,) = statements(text, True, Vocabulary(**known))  # type: ignore[arg-type]
    return statement


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (r"a &= 1 \\ b &= 2", 2),
        (r"\begin{aligned} a &= 1 \\ b &= 2 \end{aligned}", 2),
        (r"a = 1, \quad b = 2", 2),
        (r"a = 1 \quad b = 2", 2),
        (r"a = 1 \qquad \text{and} \qquad b = 2", 2),
        (r"a = 1 \Rightarrow b = 2", 2),
        (r"a &= 1 & b &= 2", 2),
        (r"a = f(1, 2)", 1),
        (r"a = \begin{bmatrix} 1 \\ 2 \end{bmatrix}", 1),
        (r"\begin{cases} a = 1 \\ b = 2 \end{cases}", 2),
        (r"f(z) = \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}", 1),
        (r"a = 1 \quad = 2", 1),
        ("", 0),
    ],
)
def test_statements_of_a_display(text: str, count: int):
    read = [one for one in statements(text, True) if len(one.sides) > 1]
    assert len(read) == count
    assert all(side.node is not None for one in read for side in one.sides)


def test_a_row_that_begins_with_a_sign_goes_on():
    first, second = statements(r"z &= 0.2 + 0.1 \\ &= 0.3", True)
    assert not first.goes_on
    assert second.goes_on
    assert second.signs == ("=",)


def test_a_row_that_begins_with_a_sign_goes_on_though_cases_in_it_have_signs_of_their_own():
    cases = r"\left( \begin{cases} 1 & g(z) > 0 \\ a & g(z) \leq 0 \end{cases} \right)"
    text = rf"\begin{{aligned}} d &= [p {cases} x] \\ &\phantom{{=}} + [q {cases} y] \\ &= 3 \end{{aligned}}"
    first, last = statements(text, True)
    assert [text[side.start : side.end].count("cases") for side in first.sides] == [0, 4]
    assert last.goes_on


def test_a_side_that_is_refused_does_not_take_the_others_with_it():
    statement = lone(r"z = \input{x} = 0.3")
    assert [side.node is None for side in statement.sides] == [False, True, False]
    assert statement.sides[1].problem == r"\input is not read"


def test_sides_entries_and_numbers_keep_their_place():
    text = r"  z = \begin{bmatrix} 0.5 & -1 \\ x & 2.25 \end{bmatrix}"
    (statement,) = statements(text, True)
    name, matrix = statement.sides
    assert text[name.start : name.end] == "z"
    assert [[text[begin:end] for begin, end in row] for row in matrix.entries] == [["0.5", "-1"], ["x", "2.25"]]
    assert [text[begin:end] for _, begin, end in matrix.numbers] == ["0.5", "1", "2.25"]


def test_words_around_a_formula_are_no_part_of_it():
    for text in (r"\text{also gilt } z = 0.3", r"z = 0.3 \quad\text{(chain rule)}", r"\text{so}\quad z = 0.3"):
        statement = lone(text)
        assert [side.node for side in statement.sides] == [Symbol("z"), Number("0.3")]
    assert lone(r"\text{net} = 0.3").sides[0].node == Symbol("net")


def test_decimal_commas_belong_to_numbers_only_where_the_document_says_so():
    assert lone("z = 0,5", comma=True).sides[1].node == Number("0.5")
    assert lone("z = 0{,}5").sides[1].node == Number("0.5")
    assert lone("z = 0,5").sides[1].node is None


def test_macros_are_put_in_place():
    known = macros(
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \def\loss{L} \DeclareMathOperator{\relu}{ReLU}"
        r"\newcommand*\half{\frac{1}{2}} \newcommand{\open}{"
    )
    assert set(known) == {r"\pd", r"\loss", r"\relu", r"\half"}
    text = r"\pd{\loss}{w} = 1"
    (statement,) = statements(text, True, Vocabulary(macros=known))
    assert statement.sides[0].node == Derivative(Symbol("L"), Symbol("w"))
    assert text[statement.sides[0].start : statement.sides[0].end] == r"\pd{\loss}{w}"[: len(r"\pd")]


def test_a_macro_that_calls_itself_is_left():
    known = macros(r"\def\a{\a\a}")
    (statement,) = statements(r"\a = 1", True, Vocabulary(macros=known))
    assert statement.sides[0].node is None


COLUMNS = """Values:

name   formula       value
-----  ------------  ------
z_1    w_1*x + b     0.25
a_1    max(0, z_1)   0.25

and so on.
"""


@pytest.mark.parametrize("frame", ["{}", "```\n{}```\n"])
def test_columns_set_with_blanks_are_a_table(frame: str):
    text = frame.format(COLUMNS)
    (table,) = of(text, Table)
    assert cells(table) == [
        ["name", "formula", "value"], ["z_1", "w_1*x + b", "0.25"], ["a_1", "max(0, z_1)", "0.25"]
    ]  # fmt: skip
    assert isinstance(table, Table)
    assert all(text[cell.start :].startswith(cell.text) for row in table.rows for cell in row)


@pytest.mark.parametrize(
    "text",
    [
        "w_1 = 0.5   b_1 = 0.1\nw_2 = 0.3   b_2 = 0.2\nw_3 = 0.3   b_3 = 0.2\n",
        "0.1  0.2\n0.3  0.4\n0.5  0.6\n",
        "one line  here\nanother  there\na third  one\n",
        "name   value\nz_1    0.25\n",
    ],
)
def test_other_lines_with_blanks_are_none(text: str):
    assert of(text, Table) == []
    assert len(of(text, Line)) == text.count("\n")


def test_commas_between_indices_are_no_decimal_signs():
    node = lone("w_{1,10} = 0,5", comma=True).sides[0].node
    assert node == Symbol("w", (Number("1"), Text(","), Number("10")))


def test_where_the_comma_is_in_the_numbers_a_semicolon_stands_between_them():
    node = lone("x = [0,5; 1]", comma=True).sides[1].node
    assert node == Matrix(((Number("0.5"), Number("1")),))
