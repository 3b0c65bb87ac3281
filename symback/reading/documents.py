"""The parts of a document in Markdown, LaTeX or plain text: displays, lines with formulas among words, tables, code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

DISPLAYS = "align|alignat|aligned|equation|eqnarray|gather|gathered|multline|displaymath|flalign|math|split"

_BLOCK = re.compile(
    r"(?P<fence>^[ \t]*(?:```|~~~)[^\n]*$)"
    r"|(?P<dollars>\$\$)"
    r"|(?P<bracket>\\\[)"
    rf"|(?P<environment>\\begin[ \t]*\{{(?P<name>(?:{DISPLAYS})\*?)\}})"
    r"|(?P<tabular>\\begin[ \t]*\{(?P<tabname>tabular|tabularx|longtable|array)\*?\})",
    re.MULTILINE,
)
_INLINE = re.compile(r"\$(?P<dollar>[^$\n]+)\$|\\\((?P<paren>.+?)\\\)")
_PIPE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•●▪–][ \t]+|#{1,6}[ \t]+|>[ \t]*|\(?[0-9]{1,2}[.)][ \t]+|\(?[a-z][)][ \t]+)+")
_NUMBERED = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+)?(\d{1,2})[.)][ \t]")
_MARKUP = re.compile(r"(?<![\w)\]])\*\*|\*\*(?![\w(.-])|__|`|\\item\b|\\noindent\b|\\textbf\b|\\emph\b|\\par\b|\\\\(?=\s*$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is mathematics or plain text, and where it starts in the document."""

    text: str
    start: int
    math: bool


@dataclass(frozen=True, slots=True)
class Display:
    """Mathematics that stands by itself."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, with the mathematics in it marked; ``words`` is its text as it stands."""

    words: str
    start: int
    pieces: tuple[Piece, ...]
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its header."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Display | Line | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A document's text, and which line and column each place in it has."""

    text: str
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find where lines begin."""
        self._starts.append(0)
        self._starts.extend(match.end() for match in re.finditer("\n", self.text))

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def blocks(text: str) -> Iterator[Block]:
    """Yield the parts of a document in their order."""
    text = _without_comments(text)
    position = _start_of_body(text)
    while position < len(text):
        match = _BLOCK.search(text, position)
        if match is None:
            break
        yield from _lines(text, position, match.start())
        position, found = _block(text, match)
        yield from found
    yield from _lines(text, position, len(text))


def decimal_comma(text: str) -> bool:
    """Say whether a document writes decimals with a comma: more numbers do so than use a point."""
    braced = len(re.findall(r"\d\{,\}\d", text))
    commas = len(re.findall(r"(?<![\d,.])\d+,\d+(?![\d,.]*,\d)", text))
    points = len(re.findall(r"(?<![\d.])\d*\.\d+", text))
    return commas + braced > points and commas > 2


def _without_comments(text: str) -> str:
    """Blank what LaTeX does not print, keeping every other character in its place."""
    if "\\documentclass" not in text and "\\begin{document}" not in text and "\\section" not in text:
        return text
    return re.sub(r"(?<!\\)%[^\n]*", lambda match: " " * len(match.group()), text)


def _start_of_body(text: str) -> int:
    begin = text.find("\\begin{document}")
    return begin + len("\\begin{document}") if begin >= 0 else 0


def _block(text: str, match: re.Match[str]) -> tuple[int, list[Block]]:
    """Return where the block ends and what it holds."""
    kind = match.lastgroup
    if match["fence"] is not None:
        closing = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE).search(text, match.end())
        end = closing.start() if closing else len(text)
        return (closing.end() if closing else end), list(_code_lines(text, match.end(), end))
    if match["dollars"] is not None or match["bracket"] is not None:
        sign = "$$" if kind == "dollars" or match["dollars"] else "\\]"
        end = text.find(sign, match.end())
        stop = len(text) if end < 0 else end
        return min(stop + 2, len(text)), [Display(Piece(text[match.end() : stop], match.end(), True))]
    if match["environment"] is not None:
        closing = "\\end{" + match["name"] + "}"
        end = text.find(closing, match.end())
        stop = len(text) if end < 0 else end
        body = match.end()
        if match["name"].startswith("alignat") and text[body : body + 1] == "{":
            body = text.find("}", body) + 1
        return min(stop + len(closing), len(text)), [Display(Piece(text[body:stop], body, True))]
    closing = "\\end{" + match["tabname"]
    end = text.find(closing, match.end())
    stop = len(text) if end < 0 else end
    return min(stop + len(closing) + 1, len(text)), [_tabular(text, match.end(), stop)]


def _code_lines(text: str, begin: int, end: int) -> Iterator[Block]:
    for start, line in _joined(_each_line(text, begin, end)):
        code = re.sub(r"(?:#|//)[^\n]*", lambda match: " " * len(match.group()), line).rstrip()
        if code.strip():
            yield Line(line, start, (Piece(code, start, False),), True)


def _joined(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join lines of a program or of its output within which a square bracket is open."""
    held: tuple[int, str] | None = None
    for start, line in lines:
        held = (start, line) if held is None else (held[0], f"{held[1]}\n{line}")
        is_open = held[1].count("[") > held[1].count("]") and "=" in held[1]
        if not is_open or held[1].count("\n") >= 40:
            yield held
            held = None
    if held is not None:
        yield held


def _each_line(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    position = begin
    for line in text[begin:end].split("\n"):
        yield position, line
        position += len(line) + 1


def _lines(text: str, begin: int, end: int) -> Iterator[Block]:
    """Yield lines of text, and the tables that lines make together."""
    rows: list[tuple[Cell, ...]] = []
    columns = 0
    for start, line in _each_line(text, begin, end):
        cells = _cells(line, start)
        if cells is not None and (not rows or _fits(len(cells), columns)):
            columns = columns or len(cells)
            if not _PIPE_RULE.match(line):
                rows.append(cells)
            continue
        yield from _table(rows)
        rows, columns = [], 0
        if cells is not None:
            rows, columns = [cells], len(cells)
        elif line.strip():
            yield _line(line, start)
    yield from _table(rows)


def _fits(cells: int, columns: int) -> bool:
    return cells == columns or (columns > 3 and abs(cells - columns) == 1)


def _table(rows: list[tuple[Cell, ...]]) -> Iterator[Block]:
    if len(rows) > 1:
        yield Table(tuple(rows))
    elif rows:
        yield _line("   ".join(cell.text for cell in rows[0]), rows[0][0].start)


def _cells(line: str, start: int) -> tuple[Cell, ...] | None:
    """Return the cells of a row of a table, or None if the line is none."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        begin = start + line.index("|") + 1
        return tuple(_cut(line[line.index("|") + 1 : line.rindex("|")], "|", begin))
    if _PIPE_RULE.match(line):
        return tuple(_cut(line, "|", start))
    if stripped.count(" | ") > 1 and not stripped.startswith("$$"):
        return tuple(_cut(line, "|", start))
    if line.count("\t") >= 2 and stripped.count("\t") >= 2:
        return tuple(_cut(line, "\t", start))
    return None


def _cut(text: str, sign: str, start: int) -> Iterator[Cell]:
    """Cut a row, leaving bars within dollars alone."""
    position = depth = 0
    for place, character in enumerate(text):
        if character == "$":
            depth = 1 - depth
        elif character == sign and not depth:
            yield Cell(text[position:place], start + position)
            position = place + 1
    yield Cell(text[position:], start + position)


def _tabular(text: str, begin: int, end: int) -> Block:
    if text[begin : begin + 1] == "{":
        begin = text.find("}", begin) + 1
        while text[begin : begin + 1] == "{":
            begin = text.find("}", begin) + 1
    rows: list[tuple[Cell, ...]] = []
    position = begin
    for match in [*re.finditer(r"\\\\(?:\[[^\]]*\])?", text[begin:end]), None]:
        stop = begin + match.start() if match else end
        row = text[position:stop]
        plain = re.sub(r"\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\})", lambda found: " " * len(found.group()), row)
        if plain.strip():
            rows.append(tuple(_cut(plain, "&", position)))
        position = begin + match.end() if match else end
    return Table(tuple(rows))


def _line(line: str, start: int) -> Line:
    """Mark the mathematics of a line; marks of lists and of emphasis are blanked."""
    bullet = _BULLET.match(line)
    plain = " " * bullet.end() + line[bullet.end() :] if bullet else line
    return Line(line, start, inline_pieces(plain, start))


def inline_pieces(line: str, start: int) -> tuple[Piece, ...]:
    """Return the stretches of a line, mathematics and text, without marks of emphasis."""
    plain = _MARKUP.sub(lambda match: " " * len(match.group()), line)
    pieces: list[Piece] = []
    position = 0
    for match in _INLINE.finditer(plain):
        group = "dollar" if match["dollar"] is not None else "paren"
        pieces.append(Piece(plain[position : match.start()], start + position, False))
        pieces.append(Piece(match[group], start + match.start(group), True))
        position = match.end()
    pieces.append(Piece(plain[position:], start + position, False))
    return tuple(piece for piece in pieces if piece.text.strip())


def list_number(line: str) -> int:
    """Return the number with which a line of a list or a heading begins, or 0."""
    match = _NUMBERED.match(line)
    return int(match[1]) if match else 0
