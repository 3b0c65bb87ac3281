r"""Words around a formula within mathematics: ``\text{also gilt } z = 0.3 \quad \text{(chain rule)}``."""

from __future__ import annotations

from symback.reading.lexer import Token

LABELS = frozenset(
    {"\\text", "\\textrm", "\\textit", "\\textbf", "\\textsf", "\\mbox", "\\hbox", "\\textnormal", "\\mathrm"}
)
"""Commands that set words of a sentence."""

_CONTINUES = frozenset({"over", "relation", "_", "^", "'", "(", ")", "+", "-", "/", "product", "}", "&", ",", "end"})
"""What behind words shows that they are a name."""

_AWAITS = frozenset({"relation", "_", "^", "+", "-", "/", "product", "(", "{", "command", "begin", "∂", "∑"})
"""What before words shows that they are one."""


def without_labels(piece: list[Token]) -> list[Token]:
    """Return the tokens of a side without words of sentences at its begin and end."""
    begin = 0
    while (end := _group_behind(piece, begin)) and _is_label_before(piece, begin, end):
        begin = end
        while piece[begin].kind == "space":
            begin += 1
    last = len(piece) - 1
    if begin == 0 and piece[last - 1].kind != "}":
        return piece
    while (start := _group_before(piece, begin, last)) and _is_label_behind(piece, start, last):
        last = start
        while last > begin + 1 and piece[last - 1].kind in ("space", ",", "."):
            last -= 1
    return [*piece[begin:last], piece[-1]._replace(start=piece[last].start) if last < len(piece) - 1 else piece[-1]]


def is_label(piece: list[Token]) -> bool:
    """Whether tokens are nothing but the words of one command."""
    return len(piece) > 1 and _group_behind(piece, 0) == len(piece) - 1


def _group_behind(piece: list[Token], begin: int) -> int:
    """Return where the words end that begin here, or 0."""
    if piece[begin].text not in LABELS or piece[begin + 1].kind != "{":
        return 0
    place, depth = begin + 1, 0
    while piece[place].kind != "over":
        depth += (piece[place].kind == "{") - (piece[place].kind == "}")
        place += 1
        if not depth:
            return place
    return 0


def _group_before(piece: list[Token], begin: int, end: int) -> int:
    """Return where the words begin that end here, or 0 if there are none or nothing stands before them."""
    if end - 1 <= begin or piece[end - 1].kind != "}":
        return 0
    depth = 0
    for place in range(end - 1, begin, -1):
        depth += (piece[place].kind == "}") - (piece[place].kind == "{")
        if not depth:
            return place - 1 if piece[place - 1].text in LABELS and place - 1 > begin else 0
    return 0


def _is_label_before(piece: list[Token], begin: int, end: int) -> bool:
    behind = piece[end]
    if behind.kind in _CONTINUES:
        return False
    return behind.kind == "space" or piece[end - 1].spaced or _has_gap(piece, begin, end)


def _is_label_behind(piece: list[Token], begin: int, end: int) -> bool:
    before = piece[begin - 1]
    if before.kind in _AWAITS:
        return False
    return before.kind == "space" or piece[begin + 2].spaced or _has_gap(piece, begin, end)


def _has_gap(piece: list[Token], begin: int, end: int) -> bool:
    """Whether blanks or brackets stand among the words."""
    return any(token.spaced or token.kind in ("space", "(") for token in piece[begin + 3 : end - 1]) or (
        piece[begin + 2].kind == "("
    )
