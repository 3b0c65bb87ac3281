"""Lists of names with their values and no sign between them, as programs print them: ``z1    [-0.1 0.7]``."""

from __future__ import annotations

import re

_NAME = r"(?:[A-Za-z_][\w']{0,11}|[Α-ωA-Za-zʹ̂∂δ][\w'₀-₉ₐ-ₜ⁰-⁹̂∂/]{0,15})"
_NUMBER = r"[-+−]?\d+\.\d+(?:[eE][-+−]?\d+)?"
_ARRAY = r"(?:array\(|tensor\()?\[[-+−\d\[].*"
_LISTED = re.compile(rf"([ \t]*{_NAME}[ \t]*)([ \t]{{2}}|\t)((?:{_ARRAY}|{_NUMBER}[ \t]*(?:#.*)?))", re.DOTALL)
"""A name, a gap, and a number with decimals or an array, maybe over several lines."""


def with_sign(line: str) -> str:
    """Return a line that lists a name with its value with the sign of equality in the gap, every character in place."""
    match = _LISTED.fullmatch(line)
    return line if match is None else f"{match[1]}{'=':>{len(match[2])}}{match[3]}"
