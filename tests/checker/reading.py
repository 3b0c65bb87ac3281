"""A Markdown page read into its chains of relations and its tables, in the order of the page."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from tests.checker import differences
from tests.checker.latex import RELATIONS, comparison, read, relation, spelling
from tests.checker.tokens import Token, Unreadable, depths, split, tokens
from tests.checker.tree import Cases, Comparison, Name, Node, Num, is_closed, is_printed, numbers, walk

DISPLAY = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|^```math\n(.+?)^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<![\\$])\$((?:[^$\\\n]|\\.|\n(?!\s*\n))+)\$|\\\((.+?)\\\)")
HEADING = re.compile(r"^(?:#{1,6}\s.*|(?:---+|\*\*\*+|___+)\s*)$", re.MULTILINE)
TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|[ \t:|-]+\|[ \t]*\n(?:[ \t]*\|.*\|[ \t]*(?:\n|\Z))+", re.MULTILINE)
PLAIN_NUMBER = re.compile(r"[-−+]?\d+(?:\.\d+)?")
DEFINED = re.compile(
    r"(?:\\(?:mathrm|text|operatorname|mathit)\{([A-Za-z]+)\}|(\\[A-Za-z]+)|(?<![A-Za-z\\])([A-Za-z]+))"
    r"((?:_\w|_\{[\w,]+\})?)'*\s*(?:\\left)?\(\s*[A-Za-z]\s*(?:\\right)?\)\s*&?\s*(?::?=|\\coloneqq)"
)
TITLED = re.compile(r"\\(?:mathrm|text|operatorname|mathit)\{([A-Za-z][A-Za-z0-9 ]*)\}\s*&?\s*\\(?:Rightarrow|implies)")
NO_BRACES = str.maketrans("", "", "{}")
ROWS = ("aligned", "align", "gathered", "gather", "split", "alignedat", "equation", "eqnarray")
CONNECTIVES = {
    "if",
    "and",
    "with",
    "for",
    "where",
    "or",
    "so",
    "since",
    "because",
    "from",
    "as",
    "hence",
    "thus",
    "then",
    "but",
    "also",
    "that",
    "is",
    "und",
    "mit",
    "für",
}


@dataclass(slots=True)
class Chain:
    """Sides with relation signs between them; ``lefts[i]`` is the index of the side that sign i relates to side i + 1.

    ``generic`` chains speak of many values at once (``i = 1, …, n``). ``titled`` is the word whose meaning an arrow
    explains by the chain: ``ReLU ⇒ f(x) = max(0, x)``.
    """

    sides: list[Node]
    signs: list[str]
    places: list[int]
    lefts: list[int]
    section: int
    displayed: bool
    generic: bool = False
    titled: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its mathematics (None if it is words), its words, its place, and its mathematics as an index."""

    node: Node | None
    words: str
    at: int
    index: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on the page that could not be read."""

    at: int
    message: str


@dataclass(slots=True)
class Page:
    """What a page says, and what on it could not be read."""

    source: str
    items: list[Chain | Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    functions: frozenset[str] = frozenset()
    shifts: frozenset[Fraction] = frozenset()
    loose: list[Num] = field(default_factory=list)
    newlines: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)

    def line(self, at: int) -> int:
        """Return the line of a place, counted from 1."""
        return bisect_right(self.newlines, at - 1) + 1

    def marks(self) -> dict[int, list[int]]:
        """Return where the text names the step of a difference check, by section."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in self.loose:
            if number.value in self.shifts:
                found[self.section(number.start)].append(number.start)
        return found

    def section(self, at: int) -> int:
        return bisect_right(self.headings, at)

    @property
    def chains(self) -> list[Chain]:
        return [item for item in self.items if isinstance(item, Chain)]


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def read_page(source: str) -> Page:
    """Read a Markdown page."""
    page = Page(source)
    page.newlines = [match.start() for match in re.finditer("\n", source)]
    rest = CODE.sub(lambda match: match.group() if match.group().startswith("```math") else blank(match), source)
    page.functions = frozenset(
        next(name for name in match.groups() if name) + (match[4] if pattern is DEFINED else "").translate(NO_BRACES)
        for pattern in (DEFINED, TITLED)
        for match in pattern.finditer(rest)
    ) - {"\\partial"}
    passages: list[tuple[int, str, str]] = []
    for match in DISPLAY.finditer(rest):
        group = next(index for index in (1, 2, 3) if match.group(index) is not None)
        passages.append((match.start(group), "display", match.group(group)))
    rest = DISPLAY.sub(blank, rest)
    page.headings = [match.start() for match in HEADING.finditer(rest)]
    passages += [(match.start(), "table", match.group()) for match in TABLE.finditer(rest)]
    tables = [(match.start(), match.end()) for match in TABLE.finditer(rest)]
    for match in INLINE.finditer(rest):
        group = 1 if match.group(1) is not None else 2
        in_table = any(start <= match.start() < end for start, end in tables)
        passages.append((match.start(group), "cell" if in_table else "inline", match.group(group)))
        line = rest[rest.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "\n" in match.group(group) and line.lstrip().startswith("|"):
            page.problems.append(Problem(match.start(), "the row of a table ends before its mathematics does"))
    left = INLINE.sub(blank, rest)
    page.problems += [
        Problem(match.start(), "a dollar sign without its partner") for match in re.finditer(r"(?<!\\)\$", left)
    ]
    statements: list[Chain | Table] = []
    starts: list[bool] = []
    for at, kind, text in sorted(passages):
        for item, starts_row in read_passage(page, at, kind, text):
            statements.append(item)
            starts.append(starts_row)
    page.shifts = frozenset(
        differences.steps(side for item in statements if isinstance(item, Chain) for side in item.sides)
    )
    page.items = joined(page, statements, starts)
    return page


def read_passage(page: Page, at: int, kind: str, text: str) -> Iterator[tuple[Chain | Table, bool]]:
    if kind == "table":
        yield read_table(page, at, text), True
        return
    try:
        rows = rows_of(tokens(text, at))
    except Unreadable as error:
        page.problems.append(Problem(error.at if error.at >= 0 else at, str(error)))
        return
    for row in rows:
        first = True
        try:
            for chain in statements_of(page, row, kind):
                yield chain, first
                first = False
        except Unreadable as error:
            place = error.at if error.at >= 0 else row[0].start
            if kind == "display" or any(relation(each) or each.kind == "number" for each in row):
                page.problems.append(Problem(place, str(error)))


def rows_of(items: list[Token]) -> list[list[Token]]:
    """Return the rows of a display: its lines, and the lines of the aligned environments in it."""
    rows: list[list[Token]] = []
    levels = depths(items)
    start = 0
    index = 0
    while index < len(items):
        token = items[index]
        if levels[index] == 0 and token.kind == "newline":
            rows.append(items[start:index])
            start = index + 1
        elif levels[index] == 0 and token.kind == "begin" and token.text in ROWS:
            end = next(i for i in range(index + 1, len(items)) if levels[i] == 0 and items[i].kind == "end")
            before = items[start:index]
            if any(each.kind not in ("space", "phrase") for each in before):
                raise Unreadable("something stands in front of aligned rows", before[0].start)
            rows += rows_of(items[index + 1 : end])
            index = end
            start = end + 1
        index += 1
    rows.append(items[start:])
    told = [
        row for row in rows if any(each.kind not in ("space",) and each.text not in (".", ",", "&") for each in row)
    ]
    return continued(told)


def continued(rows: list[list[Token]]) -> list[list[Token]]:
    """Put rows such as ``& + …`` behind the row that they continue, whatever room stands in front of the sign.

    A first side that has a row of its own, ``& A``, is continued by ``&= B`` too.
    """
    found: list[list[Token]] = []
    for row in rows:
        inner = [item for item in row if item.kind != "space"]
        if (found and [item.text for item in inner[:2]] in (["&", "+"], ["&", "-"]) and not relates(inner)) or (
            found and is_first_side(found[-1]) and inner[0].text == "&" and any(map(relation, inner[1:2]))
        ):
            found[-1] = found[-1] + inner[1:]
        else:
            found.append(row)
    return found


def is_first_side(row: list[Token]) -> bool:
    """Whether a row is the first side of a chain alone."""
    return bool(row) and row[0].text == "&" and not relates(row)


def relates(row: list[Token]) -> bool:
    """Whether a row has a relation sign, other than in the conditions of its cases."""
    return any(level == 0 and relation(item) for item, level in zip(row, depths(row), strict=True))


def statements_of(page: Page, row: list[Token], kind: str) -> Iterator[Chain]:
    """Yield the chains of a row: what commas, words and arrows of implication separate."""
    levels = depths(row)
    row = [item for item, level in zip(row, levels, strict=True) if level or item.text != "&"]
    groups: list[list[list[Token]]] = [[[]]]
    for index, (item, level) in enumerate(zip(row, depths(row), strict=True)):
        if level == 0 and (is_break(row, index) or (relation(item) and RELATIONS[item.text] == "⇒")):
            groups.append([[]])
        elif (level == 0 and (item.text in (",", ";") and item.kind == "sign")) or (
            level == 0 and item.kind == "space" and item.text in ("\\quad", "\\qquad")
        ):
            groups[-1].append([])
        else:
            groups[-1][-1].append(item)
    title = ""
    for group in groups:
        made: list[Chain] = []
        for part in group:
            part = trimmed(part)
            if not part:
                continue
            if any(relation(each) for each in part) and len(split(part, *RELATIONS)) > 1:
                made += chains_of(page, part, kind == "display")
            else:
                remark = read(part, page.functions)
                made += in_braces(remark, page.section(part[0].start), kind == "display")
                if is_printed(remark) and kind == "inline":
                    page.loose += [number for number in numbers(remark) if "." in number.digits]
                if len(group) == 1 and isinstance(remark, Name):
                    title = remark.key
                if made and (any(True for _ in numbers(remark)) or "dots" in remark.text):
                    made[-1].generic = True
        for chain in made:
            chain.titled, title = title, ""
        yield from made


def is_break(row: list[Token], index: int) -> bool:
    """Whether words or signs at this place end one statement and begin another."""
    item = row[index]
    if item.kind == "phrase":
        words = item.text.strip()
        before = row[index - 1] if index else None
        after = row[index + 1] if index + 1 < len(row) else None
        starts = before is None or before.kind in ("space", "phrase") or before.text in (",", ";", "&")
        if starts and after is not None and relation(after):
            return False
        return item.text != words or not words.isalnum() or words.lower() in CONNECTIVES
    return item.text in ("\\therefore", "\\because", ":", "\\colon") and item.kind in ("sign", "command")


def trimmed(part: list[Token]) -> list[Token]:
    while part and (part[-1].kind == "space" or part[-1].text in (".", ":")):
        part = part[:-1]
    while part and part[0].kind == "space":
        part = part[1:]
    return part


def chains_of(page: Page, part: list[Token], displayed: bool) -> Iterator[Chain]:
    continues = relation(part[0])
    dangling = relation(part[-1])
    body = part[:-1] if dangling else part
    if continues:
        if dangling and len(part) == 1:
            return
        dummy = Token("word", "continued", part[0].start, part[0].start)
        body = [dummy, *body]
    section = page.section(part[0].start)
    if len(split(body, *RELATIONS)) == 1:
        read(body, page.functions)
        return
    link = comparison(body, page.functions)
    sides = list(link.sides)
    chain = Chain(sides, list(link.signs), list(link.places), list(range(len(link.signs))), section, displayed)
    if continues:
        chain.lefts[0] = -1
    yield chain
    for side in sides:
        yield from in_braces(side, section, displayed)


def in_braces(node: Node, section: int, displayed: bool) -> Iterator[Chain]:
    """Yield the chains that a brace holds together, apart at ⇒."""
    for inner in walk(node):
        values = [value for value, _ in inner.branches] if isinstance(inner, Cases) else []
        for value in values:
            if isinstance(value, Comparison):
                breaks = [place for place, sign in enumerate(value.signs) if sign == "⇒"]
                for start, end in zip([0, *(place + 1 for place in breaks)], [*breaks, len(value.signs)], strict=True):
                    if start == end:
                        continue
                    signs = list(value.signs[start:end])
                    sides, places = list(value.sides[start : end + 1]), list(value.places[start:end])
                    yield Chain(sides, signs, places, list(range(len(signs))), section, displayed)


def joined(page: Page, statements: list[Chain | Table], starts: list[bool]) -> list[Chain | Table]:
    """Join rows that continue the chain above them, or repeat its left side."""
    items: list[Chain | Table] = []
    recent: list[Chain] = []
    touched: list[Chain] = []
    for item, starts_row in zip(statements, starts, strict=True):
        if isinstance(item, Table):
            items.append(item)
            recent, touched = [], []
            continue
        if not item.displayed:
            if item.lefts[0] != -1:
                items.append(item)
            elif item.signs[0] not in ("→", "⇒", "←"):  # an arrow at the start points there from the words before it
                page.problems.append(Problem(item.places[0], "nothing stands on the left of this sign"))
            continue
        if starts_row:
            recent, touched = touched, []
        above = [chain for chain in recent if chain.section == item.section]
        if item.lefts[0] == -1:
            if not above:
                page.problems.append(Problem(item.places[0], "nothing stands on the left of this sign"))
                continue
            append(above[-1], item)
            touched.append(above[-1])
            continue
        same = [chain for chain in above if repeats(page, chain, item)]
        if same:
            append(same[-1], item)
            touched.append(same[-1])
        else:
            items.append(item)
            touched.append(item)
    return items


def repeats(page: Page, chain: Chain, item: Chain) -> bool:
    def is_shifted(one: Chain) -> bool:
        return any(differences.shifted(side, page.shifts) is not None for side in one.sides)

    if is_printed(chain.sides[-1]) and not is_closed(item.sides[1]):
        return False  # a chain that has come to its number starts afresh
    if item.signs[0] == "←" != chain.signs[0]:
        return False  # a new value does not go on with the old one
    return (
        chain.sides[0].text == item.sides[0].text
        and is_shifted(chain) == is_shifted(item)
        and not is_printed(item.sides[0])
    )


def append(chain: Chain, item: Chain) -> None:
    """Put the links of `item` behind those of `chain`; `item`'s own left side is dropped."""
    count = len(chain.sides)
    symbolic = not is_closed(item.sides[1]) and not any("." in number.digits for number in numbers(item.sides[1]))
    chain.lefts.append(0 if symbolic and item.lefts[0] != -1 else count - 1)
    chain.lefts += [count + left - 1 for left in item.lefts[1:]]
    chain.sides += item.sides[1:]
    chain.signs += item.signs
    chain.places += item.places
    chain.generic |= item.generic


def read_table(page: Page, at: int, text: str) -> Table:
    lines: list[tuple[Cell, ...]] = []
    offset = at
    for line in text.splitlines(keepends=True):
        if not re.fullmatch(r"[ \t]*\|[ \t:|-]+\|[ \t]*\n?", line):
            lines.append(tuple(cells(page, line, offset)))
        offset += len(line)
    if not lines:
        page.problems.append(Problem(at, "a table without a header"))
        lines = [()]
    return Table(lines[0], tuple(lines[1:]))


def cells(page: Page, line: str, at: int) -> Iterator[Cell]:
    stripped = line.strip()
    start = line.index("|") + 1
    end = line.rindex("|") if stripped.endswith("|") else len(line)
    edges = [start - 1]
    dollars = 0
    for index in range(start, end):
        if line[index] == "$" and line[index - 1] != "\\":
            dollars += 1
        elif line[index] == "|" and dollars % 2 == 0 and line[index - 1] != "\\":
            edges.append(index)
    edges.append(end)
    for left, right in itertools.pairwise(edges):
        raw = line[left + 1 : right]
        words = raw.strip()
        place = at + left + 1 + len(raw) - len(raw.lstrip())
        yield cell(page, words, place)


def cell(page: Page, words: str, at: int) -> Cell:
    if PLAIN_NUMBER.fullmatch(words):
        digits = words.replace("−", "-").lstrip("+")
        return Cell(Num(digits, at + (words[0] in "-−+"), at + len(words)), words, at)
    inner = list(INLINE.finditer(words))
    if len(inner) == 1 and inner[0].group(1) is not None:
        try:
            items = tokens(inner[0].group(1), at + inner[0].start(1))
            inside = [level > 0 for level in depths(items)]
            if items and not any(relation(each) and not within for each, within in zip(items, inside, strict=True)):
                return Cell(read(items, page.functions), INLINE.sub("", words).strip(), at, spelling(items))
        except Unreadable as error:
            page.problems.append(Problem(error.at if error.at >= 0 else at, str(error)))
    return Cell(None, words, at)
