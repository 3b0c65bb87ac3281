"""Searching worksheets for what they ask: numbers that are answers, and formulas of gradients.

The bytes of a page are searched as they are, comments and metadata included; only the lines that a skeleton has of its
own, the same on every page, are left out. Answers come from the spec by the tests' own oracle, and besides from the
solution, which carries on printed numbers as the spec says.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from symback import api, resources
from symback.formats.pages import pages
from symback.formats.table import FORMATS
from symback.spec.load import load_text
from symback.spec.problems import LimitationError
from tests.oracles.answers import FEWEST, answers, spelled, spellings
from tests.vary.authors import AUTHORS, IN_PARTS, PARTS, VARIED

POINT = re.compile(r"(?<![\d.])(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d{1,3}(?!\d))?", re.IGNORECASE)
COMMA = re.compile(r"(?<![\d,.])(?<!_[{(])\d+,\d+(?![\d.])")
POWER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:\\times|\\cdot|[*×·])\s*10\^\{?(-?\d{1,3})\b")
QUOTIENT = re.compile(r"(?:\\frac\{(\d+)\}\{(\d+)\}|\b(\d+)/(\d+)\b)")
"""Numbers as they may be spelled: with a point, with a comma (but not two indices), with a power of ten, as a quotient."""

GRADIENT = re.compile(r"\\partial|\\nabla|\\delta|\\pd\b|\bpd\(|\bpartial\b|\bnabla\b|\bdelta\b|∂")
"""Stands in every line of a solution that is about a gradient: in LaTeX, in Typst or in MathML."""

SIGN = re.compile(r":=|=|≈|\\?\bapprox\b")
OPERATION = re.compile(r"\\?\b(?:frac|times|cdot|dot|log|pd)\b|[-+*/]|(?<!\^\{)(?<![\^_\\])\(")
LAYOUT = re.compile(r"\s|&|\\(?:begin|end)\{(?:aligned|align\*)\}|\\[\[\]]")
BINARY = re.compile(r"base64,[A-Za-z0-9+/=]+|'sha256-[A-Za-z0-9+/=]+'")
"""Fonts and other bytes that stand in a page as letters."""

ESCAPED = re.compile(r"\\\\[a-z]")
NEW_LINE = re.compile(r"(?<!\\)((?:\\\\)*)\\n")
"""A backslash and the end of a line as a string of JSON has them."""

SPOKEN = re.compile(r'alttext="([^"]*)"')
"""Mathematics as plain text, as it stands beside MathML."""

TEXTS = (".jinja", ".css", ".js")
QUESTIONS = "Question 1"
"""Stands above the first answer of a solution."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A worksheet and its solution by format, with the text of their spec."""

    name: str
    spec: str
    worksheets: Mapping[str, str]
    solutions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leak:
    """What was found on a worksheet and should not be there."""

    sheet: str
    format: str
    kind: str
    text: str


def sheets(count: int, first_seed: int = 0) -> Iterator[Sheets]:
    """Yield the sheets of `count` variations: examples go round, then styles, then seeds.

    A seed for which an example has no variation is passed over.
    """
    made, seed = 0, first_seed
    while made < count:
        for style in resources.styles():
            for example in VARIED:
                try:
                    spec = api.vary(load_text(AUTHORS[example]), seed)
                except LimitationError:
                    continue
                if made < count:
                    yield _sheets(f"{example}, seed {seed}, {style}", api.dump(spec), style)
                made += 1
        seed += 1


def sheets_in_parts() -> Iterator[Sheets]:
    """Yield the sheets of the example with several networks."""
    for style in resources.styles():
        yield _sheets(f"{PARTS}, {style}", IN_PARTS["data"], style)


def _sheets(name: str, text: str, style: str) -> Sheets:
    spec = load_text(text)
    worksheets, solutions = (
        pages(spec, {name: name for name in FORMATS}, style, kind=kind) for kind in ("worksheet", "solution")
    )
    return Sheets(name, text, worksheets, solutions)


COMMA_OF_A_NUMBER = re.compile(r'\{,\}|(?<=\d)","(?=\d)')
"""How LaTeX and Typst write the comma of a number."""

DERIVATIVE = re.compile(r"d\([^()]*\)/d\([^()]*\)")
"""A derivative by its name alone, which a question may ask for or an author state."""

OPPOSITE = re.compile(r"-\w+")


def leaks(found: Sheets) -> Iterator[Leak]:
    """Yield every answer that stands on the worksheet, in any format."""
    sizes, given = set(answers(found.spec)), set(_written(found.spec))
    known = {each for size in sizes for each in spellings(size)}
    for extension, whole in found.worksheets.items():
        page = _without_skeleton(whole)
        solution = found.solutions[extension].partition(QUESTIONS)[2]
        printed = {spelled(text) for text in _written(solution)}
        unknown = [text for text in _written(page) if text not in given and len(_digits(text)) >= FEWEST]
        texts = {
            "answer": [text for text in unknown if spelled(text) in known],
            "number of the solution": [text for text in unknown if spelled(text) in printed - known],
            "quotient": _quotients(page, sizes),
            "formula": _formulas(page, solution),
        }
        yield from (Leak(found.name, extension, kind, text) for kind, of in texts.items() for text in of)


@cache
def _skeleton_lines() -> frozenset[str]:
    files = (file for file in (resources.TEMPLATES / "formats").rglob("*") if file.suffix in TEXTS)
    return frozenset(line for file in files for line in file.read_text(encoding="utf-8").splitlines())


def _without_skeleton(page: str) -> str:
    lines = "\n".join(line for line in page.splitlines() if line not in _skeleton_lines())
    return html.unescape(BINARY.sub("", lines))


def _quotients(page: str, sizes: Collection[Fraction]) -> Iterator[str]:
    """Yield the answers that stand on a page as one whole number over another."""
    for match in QUOTIENT.finditer(page):
        over, under = (part for part in match.groups() if part)
        if max(len(over), len(under)) >= FEWEST and int(under) and Fraction(int(over), int(under)) in sizes:
            yield match[0]


def _written(text: str) -> Iterator[str]:
    """Yield every number of a text as it is spelled, without its sign."""
    text = COMMA_OF_A_NUMBER.sub(",", text)
    yield from POINT.findall(text)
    yield from COMMA.findall(text)
    yield from (f"{number}e{power}" for number, power in POWER.findall(text))


def _digits(text: str) -> str:
    """Return the significant digits of a number: zeros that close a whole number are none."""
    mantissa = text.lower().partition("e")[0]
    digits = mantissa.replace(",", ".").replace(".", "").lstrip("0")
    return digits if digits != mantissa.lstrip("0") else digits.rstrip("0")


def _formulas(page: str, solution: str) -> list[str]:
    """Return the formulas of gradients that stand on a page, as the solution prints them."""
    bare = _bare(page)
    return [formula for formula in sorted(gradient_formulas(solution)) if _stands(formula, bare)]


def gradient_formulas(solution: str) -> set[str]:
    """Return every side of the chains about gradients in a solution that is more than a number or a symbol."""
    lines = (NEW_LINE.sub(r"\1" + "\n", solution) if ESCAPED.search(solution) else solution).splitlines()
    chains = (_mathematics(line) for line in lines if GRADIENT.search(line))
    sides = {_bare(side).rstrip("\\") for chain in chains for side in SIGN.split(chain)}
    formulas = {side for side in sides if re.search("[A-Za-z]", side) and OPERATION.search(side)}
    return {side for side in formulas if not DERIVATIVE.fullmatch(side)}


def _mathematics(line: str) -> str:
    """Return a line of a display, or what stands between the dollars of a line of words or beside MathML."""
    spoken = SPOKEN.findall(line)
    if spoken:
        return html.unescape("=".join(spoken))
    return "=".join(line.split("$")[1::2]) if line.count("$") % 2 == 0 and "$" in line else line.replace("$", "")


def _bare(text: str) -> str:
    """Return a text without what only lays mathematics out, and with one backslash where a format writes two."""
    return LAYOUT.sub("", text.replace("\\\\", "\\"))


def _stands(formula: str, page: str) -> bool:
    """Say whether a formula stands on a page otherwise than as the author stated it.

    That is squared, which is the loss, or in front of the value that is given of it.
    """
    if OPPOSITE.fullmatch(formula):  # of a longer term, as the loss may have it, it is only the beginning
        return re.search(rf"{re.escape(formula)}(?![*\w])", page) is not None
    unsquared = re.sub(rf"\\?\({re.escape(formula)}\\?\)\^[{{(]?2", "", page)
    return formula in unsquared.replace(f"{formula}:=", "")
