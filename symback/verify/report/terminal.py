"""The report for a terminal: the document's own lines with marks beneath, as a good compiler shows them."""

from __future__ import annotations

from collections.abc import Iterator

from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict
from symback.verify.report.excerpt import excerpt
from symback.verify.report.visible import visible
from symback.verify.report.wanted import Wanted
from symback.verify.report.wording import about

BOLD, PLAIN = "1", "0"
COLOURS = {Verdict.WRONG: "1;31", Verdict.SLIP: "1;33", Verdict.FOLLOWS: "1;35", Verdict.UNDECIDED: "1;36"}
"""Numbers of the terminal's own colours; all other verdicts are green."""

GREEN = "1;32"


def terminal(audit: Audit, wanted: Wanted) -> str:
    """Return the report as text, in colours if they are wanted."""
    lines = audit.text.split("\n")
    parts = [part for claim in wanted.claims(audit) for part in _claim(audit, claim, lines, wanted.colours)]
    names = wanted.names(audit)
    if names:
        parts += ["names:", *(f"  {visible(name)}" for name in names), ""]
    parts += audit.summary.rounding if wanted.every_claim else []
    name = f"{visible(audit.document)}: " if audit.document else ""
    return "\n".join([*parts, _painted(f"{name}{audit.summary}", BOLD, wanted.colours)]) + "\n"


def _claim(audit: Audit, claim: Claim, lines: list[str], colours: bool) -> Iterator[str]:
    """Yield the lines about one claim: its place and verdict, its line, and the mark."""
    colour = COLOURS.get(claim.verdict, GREEN)
    place = "".join(f"{part}:" for part in (visible(audit.document), claim.line, claim.column) if part) + " "
    told = about(audit, claim)
    yield place + _painted(claim.verdict.value, colour, colours) + (f": {told}" if told else "")
    shown, mark = excerpt(lines[claim.line - 1], claim.column - 1, max(1, len(claim.written)))
    gutter = f"{claim.line} | "
    yield gutter + shown
    yield f"{' ' * (len(gutter) - 2)}| {_painted(mark, colour, colours)}"
    yield ""


def _painted(text: str, colour: str, colours: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[{PLAIN}m" if colours else text
