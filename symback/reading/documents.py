"""The parts of a document in Markdown, LaTeX or plain text: displays, lines with formulas among words, tables, code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from symback.reading.columns import with_columns
from symback.reading.listings import with_sign
from symback.reading.stacked import Stacked, with_stacked
from symback.reading.tables import Cell, Table, cells, fits, is_rule, tabular
from symback.reading.tree import DOCUMENT, Unreadable

__all__ = ["Block", "Cell", "Display", "Line", "Piece", "Source", "Table", "blocks", "decimal_comma", "inline_pieces"]

DISPLAYS = "align|alignat|aligned|equation|eqnarray|gather|gathered|multline|displaymath|flalign|math|split"

_BLOCK = re.compile(
    r"(?P<fence>^[ \t]*(?:```|~~~)[ \t]*(?P<info>[^\n]*)$)"
    r"|(?P<directive>^(?P<margin>[ \t]*)\.\.[ \t]+math::)"
    r"|(?P<dollars>\$\$)"
    r"|(?P<bracket>\\\[)"
    rf"|\\begin[ \t]*\{{(?P<environment>(?:{DISPLAYS})\*?)\}}"
    r"|\\begin[ \t]*\{(?P<tabular>(?:tabular|tabularx|longtable|array)\*?)\}",
    re.MULTILINE,
)
_FENCE_END = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"\$(?P<dollar>[^$\n]+)\$|\\\((?P<paren>(?:[^\n\\]|\\[^()\n])+)\\\)")
_ROLE = re.compile(r":math:`([^`$\n]+)`")
_MATH_FENCES = frozenset({"math", "{math}"})
"""What behind the fence of a block says that it is no program."""
_BULLET = re.compile(r"(?:[ \t]*(?:[-*+•●▪–][ \t]|#{1,6}[ \t]|>|\(?[0-9]{1,2}[.)][ \t]|\(?[a-z][)][ \t]))+[ \t]*")
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
"""How the lines of a quotation begin."""

WIDEST_QUOTE = 40
"""So far from the beginning of its line may a display begin that is quoted."""

_MARKUP = re.compile(
    r"(?<![\w)\]])\*\*|\*\*(?![\w(.-])|__|`|\\item\b|\\noindent\b|\\textbf\b|\\emph\b|\\par\b|\\\\(?=[ \t]*$)"
)
_BEGINS_ARRAY = re.compile(r"=|^[ \t]*(?:\w+[ \t]{2,})?(?:(?:array|tensor)\()?\[\[")
_BEGINS_OUTPUT = re.compile(r"(?:^|=|^[ \t]*\w+[ \t]{2,})[ \t]*(?:(?:array|tensor)\()?\[\[")
_OPTIONS = re.compile(r",[ \t]*(?:dtype|device|requires_grad|grad_fn)=[^,()\[\]\n]*(?=[,)])")
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.|(?:In|Out) ?\[\d*\]:)(?=[ \t]|$)")
_ASKS = re.compile(r"[ \t]*In ?\[\d*\]:")
_REMARK = re.compile(r"(?:#|//)[^\n]*")
_SAID_BEHIND = re.compile(
    r"(?:#|//)[ \t]*(?:==?|->|→|≈|~|is)?[ \t]*"
    r"(?=(?:\[+[-−\d., \t\[\]]+\]|[-−]?\d*\.\d+(?:[eE][-−+]?\d+)?|[-−(\d][-−+*/^()\d. \t]*=[-−+*/^()\d.=≈ \t]*)[ \t]*$)"
)
"""What stands before a number, or before numbers worked out, in a comment on what the statement before it is worth."""
_NUMBER = re.compile(r"\\num[ \t]*(?:\[[^\]\n]*\])?\{([^{}\n]*)\}")
"""A number that a package sets: ``\\num{1.2e-3}``."""

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_DRAWING = (r"\begin{tikzpicture}", r"\end{tikzpicture}")
_IS_LATEX = ("\\documentclass", "\\begin{document}", "\\section")


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
    """A line of text, with the mathematics in it marked; ``words`` is its text as it stands.

    ``is_asked`` says that it stood behind the prompt of a session, where a formula is asked for what it is worth; the
    prompt is blanked; ``is_remark`` that it stood in a program, behind the sign of a remark.
    """

    words: str
    start: int
    pieces: tuple[Piece, ...]
    is_code: bool = False
    is_asked: bool = False
    is_remark: bool = False


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
    """Yield the parts of a document in their order.

    Raises
    ------
    Unreadable
        If the document is longer than `DOCUMENT` characters.
    """
    if len(text) > DOCUMENT:
        raise Unreadable(f"documents have up to {DOCUMENT} characters", DOCUMENT)
    text = _with_plain_numbers(_without_options(_without_drawings(_without_comments(text))))
    position = _start_of_body(text)
    while (match := _BLOCK.search(text, position)) is not None:
        yield from _lines(text, position, match.start())
        position, found = _block(text, match)
        yield from found
    yield from _lines(text, position, len(text))


def decimal_comma(text: str) -> bool:
    """Say whether a document writes decimals with a comma: more numbers do so than use a point."""
    braced = len(re.findall(r"\d\{,\}\d", text))
    commas = len(re.findall(r"(?<![\d,.])\d+,\d+(?![\d,.]*,\d)", text))
    points = len(re.findall(r"(?<![\d.])\d*\.\d+", text))
    return commas + braced > max(points, 2)


def _without_comments(text: str) -> str:
    """Blank what LaTeX does not print, keeping every other character in its place."""
    if not any(sign in text for sign in _IS_LATEX):
        return text
    return _COMMENT.sub(lambda match: " " * len(match.group()), text)


def _without_drawings(text: str) -> str:
    """Blank drawings, which repeat what the page says at places that no reader goes through in order."""
    parts, position = [], 0
    while (begin := text.find(_DRAWING[0], position)) >= 0 and (end := text.find(_DRAWING[1], begin)) >= 0:
        parts += [text[position:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        position = end
    return "".join((*parts, text[position:])).replace(_DRAWING[1], " " * len(_DRAWING[1]))


def _without_options(text: str) -> str:
    """Blank what a program says of an array beside its numbers: ``tensor([0.5], requires_grad=True)``."""
    return _OPTIONS.sub(lambda match: " " * len(match.group()), text)


def _with_plain_numbers(text: str) -> str:
    """Return numbers without the command that sets them, every character in its place."""
    return _NUMBER.sub(lambda match: f"{match[1]:>{len(match.group()) - 1}} ", text)


def _start_of_body(text: str) -> int:
    begin = text.find("\\begin{document}")
    return begin + len("\\begin{document}") if begin >= 0 else 0


def _block(text: str, match: re.Match[str]) -> tuple[int, Iterator[Block]]:
    """Return where the block ends and what it holds."""
    begin = match.end()
    if match["fence"] is not None:
        closing = _FENCE_END.search(text, begin)
        stop, end = closing.span() if closing else (len(text), len(text))
        if match["info"].strip() in _MATH_FENCES:
            return end, iter([Display(Piece(text[begin:stop], begin, True))])
        return end, _code_lines(text, begin, stop)
    if match["directive"] is not None:
        end = _end_of_directive(text, begin, match["margin"])
        return end, iter([Display(Piece(text[begin:end], begin, True))])
    if match["tabular"] is not None:
        stop, end = _found(text, f"\\end{{{match['tabular']}}}", begin)
        return end, iter([tabular(text, begin, stop)])
    if match["environment"] is None:
        stop, end = _found(text, "$$" if match["dollars"] else "\\]", begin)
    else:
        stop, end = _found(text, f"\\end{{{match['environment']}}}", begin)
        if match["environment"].startswith("alignat") and text[begin : begin + 1] == "{":
            begin = max(text.find("}", begin, stop) + 1, begin)
    display = text[begin:stop]
    nearby = max(match.start() - WIDEST_QUOTE, 0)
    if _QUOTED.match(text, max(text.rfind("\n", nearby, match.start()) + 1, nearby)):
        display = _QUOTED.sub(lambda mark: " " * len(mark.group()), display)
    return end, iter([Display(Piece(display, begin, True))])


def _end_of_directive(text: str, begin: int, margin: str) -> int:
    """Return where the lines end that stand further in than the directive above them."""
    outer = re.compile(rf"\n{margin}(?![ \t\n])").search(text, begin)
    return outer.start() if outer else len(text)


def _found(text: str, sign: str, begin: int) -> tuple[int, int]:
    """Return where a sign begins and ends; one that is lacking stands at the end of the text."""
    place = text.find(sign, begin)
    return (place, place + len(sign)) if place >= 0 else (len(text), len(text))


def _code_lines(text: str, begin: int, end: int) -> Iterator[Block]:
    for item in with_stacked(with_columns(_joined(_without_prompts(_each_line(text, begin, end)), _BEGINS_ARRAY))):
        if isinstance(item, Table):
            yield item
            continue
        if isinstance(item, Stacked):
            yield _stack(item, is_code=True)
            continue
        start, line = item[0], with_sign(item[1])
        is_asked = text[start : start + len(line)] != line
        said = _SAID_BEHIND.sub(lambda match: "=".ljust(len(match.group())), line) if "=" in line else line
        code = _REMARK.sub(lambda match: " " * len(match.group()), said).rstrip()
        if code.strip():
            yield Line(line, start, (Piece(code, start, False),), True, is_asked)
        for remark in _REMARK.finditer(said):
            words = " " * 2 + remark.group()[2:]
            yield Line(words, start + remark.start(), (Piece(words, start + remark.start(), False),), is_remark=True)


def _stack(item: Stacked, is_code: bool = False) -> Line:
    """Return lines that draw matrices as one."""
    return Line(item.words, item.start, tuple(Piece(text, start, False) for start, text in item.pieces), is_code)


def _without_prompts(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for start, line in lines:
        yield start, _PROMPT.sub(lambda match: " " * len(match.group()), line)


def _joined(lines: Iterator[tuple[int, str]], begins: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Join lines of a program or of its output within which a square bracket of an array is open."""
    held: tuple[int, str] | None = None
    for start, line in lines:
        held = (start, line) if held is None else (held[0], f"{held[1]}\n{line}")
        is_open = held[1].count("[") > held[1].count("]") and begins.search(held[1]) is not None
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
    for item in with_stacked(with_columns(_joined(_each_line(text, begin, end), _BEGINS_OUTPUT))):
        if isinstance(item, (Table, Stacked)):
            yield from _table(rows)
            yield item if isinstance(item, Table) else _stack(item)
            rows = []
            continue
        start, line = item[0], with_sign(item[1])
        row = cells(line, start)
        if is_rule(line) and rows:
            continue
        if row is not None and (not rows or fits(len(row), len(rows[0]))):
            rows.append(row)
            continue
        yield from _table(rows)
        rows = [] if row is None else [row]
        if row is None and line.strip():
            yield _asked(line, start) if _ASKS.match(line) else _line(line, start)
    yield from _table(rows)


def _table(rows: list[tuple[Cell, ...]]) -> Iterator[Block]:
    if len(rows) > 1:
        yield Table(tuple(rows))
    elif rows:
        yield _line("\t".join(cell.text for cell in rows[0]), rows[0][0].start)


def _asked(line: str, start: int) -> Line:
    """Return a line of a session outside a block of code, without what makes it code."""
    code = _PROMPT.sub(lambda match: " " * len(match.group()), line).replace("`", " ")
    return Line(code, start, (Piece(code, start, False),), True, True)


def _line(line: str, start: int) -> Line:
    """Mark the mathematics of a line; marks of lists and of emphasis are blanked."""
    bullet = _BULLET.match(line)
    plain = " " * bullet.end() + line[bullet.end() :] if bullet else line
    return Line(line, start, inline_pieces(plain, start))


def inline_pieces(line: str, start: int) -> tuple[Piece, ...]:
    """Return the stretches of a line, mathematics and text, without marks of emphasis."""
    dollars = _ROLE.sub(lambda role: f"{'$':>7}{role[1]}$", line)
    plain = _MARKUP.sub(lambda match: " " * len(match.group()), dollars)
    pieces: list[Piece] = []
    position = 0
    for match in _INLINE.finditer(plain):
        group = "dollar" if match["dollar"] is not None else "paren"
        pieces.append(Piece(plain[position : match.start()], start + position, False))
        pieces.append(Piece(match[group], start + match.start(group), True))
        position = match.end()
    pieces.append(Piece(plain[position:], start + position, False))
    return tuple(piece for piece in pieces if piece.text.strip())
