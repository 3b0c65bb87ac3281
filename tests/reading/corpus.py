"""The corpus of formulas with their meanings: loading it, its two test points, and how exactly a printed number holds."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mpmath import mp, mpf

from tests.reading.arithmetic import Value, each
from tests.reading.meaning import DIGITS, Point

PATH = Path(__file__).with_name("expressions.yaml")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as somebody wrote it, the spellings of its names, and what each side of its chain means."""

    text: str
    written: str
    """`latex`, `unicode` or `ascii`."""

    spellings: Mapping[str, tuple[str, ...]]
    function_spellings: Mapping[str, tuple[str, ...]]
    sides: tuple[str, ...]
    relations: tuple[str, ...]
    """The signs between the sides; with `continued` one more, which stands in front of the first side."""

    first_point: Point
    continued: bool
    """Whether the line goes on from a line above, and so begins with a relation."""

    unequal: bool
    """Whether the formula is false as an equation, say because `=` was written for an assignment."""

    refused: str
    """Why an honest reader refuses the formula; empty if it should be read."""

    comma_decimals: bool
    around: str
    """The language of words around the formula, empty if there are none or they are English."""

    ranges: Mapping[str, tuple[int, int]]
    """First and last number of the index of a sum whose ends are not written."""

    @property
    def second_point(self) -> Point:
        """The first point with every value brought nearer to 0, each by a share of its own: no sign or order to 1 changes."""
        first = self.first_point
        return Point(
            names={key: perturbed(value, key) for key, value in first.names.items()},
            derivatives={key: perturbed(value, " by ".join(key)) for key, value in first.derivatives.items()},
            functions=first.functions,
        )

    @property
    def signs_between(self) -> tuple[str, ...]:
        return self.relations[1:] if self.continued else self.relations


def load() -> list[Formula]:
    """Return the formulas of the corpus, in the order of the file."""
    with mp.workdps(DIGITS):
        return [_formula(row) for row in yaml.safe_load(PATH.read_text(encoding="utf-8"))]


def _formula(row: Mapping[str, Any]) -> Formula:
    names, functions = row.get("names", {}), row.get("functions", {})
    return Formula(
        text=row["text"],
        written=row["written"],
        spellings={key: tuple(name["spellings"]) for key, name in names.items()},
        function_spellings={key: tuple(function["spellings"]) for key, function in functions.items()},
        sides=tuple(row.get("sides", ())),
        relations=tuple(row.get("relations", ())),
        first_point=Point(
            names={key: each(mpf, name["value"]) for key, name in names.items()},
            derivatives={(entry["of"], entry["by"]): each(mpf, entry["value"]) for entry in row.get("derivatives", ())},
            functions={key: function["is"] for key, function in functions.items()},
        ),
        continued=row.get("continued", False),
        unequal=row.get("unequal", False),
        refused=row["reason"] if row.get("refuse") else "",
        comma_decimals=row.get("decimal") == "comma",
        around=row.get("around", ""),
        ranges={index: (low, high) for index, (low, high) in row.get("ranges", {}).items()},
    )


def perturbed(value: Value, key: str) -> Value:
    """Return the value made smaller by between a 50th and a 5th, by a share that depends on the key alone."""
    if isinstance(value, list):
        return [perturbed(entry, f"{key},{place}") for place, entry in enumerate(value)]
    with mp.workdps(DIGITS):
        return value * (1 - mpf(20 + zlib.crc32(key.encode()) % 181) / 1000)


def tolerance(*sides: str) -> mpf:
    """Return how far sides of a true equation may be apart: one unit of the last place of the coarsest printed result.

    Only a side that is nothing but numbers counts as a printed result. Without one the sides may be 10^-15 apart, since
    the values of names are kept to 20 digits.
    """
    with mp.workdps(DIGITS):
        units = [mpf(10) ** -places for side in sides if (places := _printed_places(side)) is not None]
        return max([mpf(10) ** -15, *units])


def _printed_places(side: str) -> int | None:
    """Return the fewest decimals among the entries of a side, if every entry is a decimal; whole numbers are exact."""
    tree = ast.parse(side, mode="eval").body
    allowed = (ast.Constant, ast.List, ast.UnaryOp, ast.USub, ast.Load)
    if not all(isinstance(node, allowed) for node in ast.walk(tree)):
        return None
    numbers = [ast.get_source_segment(side, node) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    decimals = [len(number.partition(".")[2]) for number in numbers if "." in number and "e" not in number.lower()]
    return min(decimals, default=None)
