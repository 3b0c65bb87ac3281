"""The founding documents: their specs load, and their tables say what is printed and judge it rightly."""

import csv
import re
from collections import Counter
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

import pytest

from symback.cli import main
from tests.verify.founding.score import RIGHT, displays, first_line, plain_number

FOLDER = Path(__file__).parent
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/spec.yaml"))
INDEX = re.compile(r"[_^](?:\{[^{}]*\}|\w)")


def read(name):
    """Return the lines of a document and the rows of its table that hold a number, each with its display."""
    text = (FOLDER / name / "document.md").read_text(encoding="utf-8")
    spans = displays(text)
    with (FOLDER / name / "claims.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return text.split("\n"), [
        (row, spans[first_line(row["location"])]) for row in rows if plain_number(row["stated_value"])
    ]


def without_indices(text):
    """Return a formula without subscripts and superscripts, whose digits are not numbers of the document."""
    while INDEX.search(text):
        text = INDEX.sub(" ", text)
    return text


@pytest.mark.parametrize("name", NAMES)
def test_the_spec_loads(name, capsys):
    assert main(["evaluate", str(FOLDER / name / "spec.yaml")]) == 0
    assert "loss" in capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_table_is_printed_where_it_says(name):
    lines, rows = read(name)
    wanted = Counter((span, row["stated_value"]) for row, span in rows)
    assert wanted
    for ((first, last), number), times in wanted.items():
        printed = without_indices("\n".join(lines[first - 1 : last]))
        found = re.findall(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", printed)
        assert len(found) >= times, f"{number} in lines {first} to {last}"


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_follow_from_the_numbers_of_the_table(name):
    _, rows = read(name)
    for row, _ in rows:
        stated, verdict = Decimal(row["stated_value"]), row["verdict"]
        if not row["correct_value"]:
            assert verdict == "undetermined"
            continue
        true, place = Decimal(row["correct_value"]), stated.as_tuple().exponent
        unit = Decimal(1).scaleb(place)
        rounded = abs(stated - true) <= unit / 2
        if verdict in {"given", "correct"}:
            assert stated == true, row["id"]
        elif verdict == "correct within rounding":
            assert rounded, row["id"]
        elif verdict == "truncated":
            assert not rounded, row["id"]
            assert stated == true.quantize(unit, ROUND_DOWN), row["id"]
        else:
            assert not rounded, row["id"]
        if verdict == "correct given earlier rounded values":
            assert abs(stated - Decimal(row["follow_through_value"])) <= unit / 2, row["id"]
        assert verdict in RIGHT or verdict.startswith(("wrong: own", "wrong: carried")), row["id"]


@pytest.mark.parametrize("name", NAMES)
def test_own_errors_are_named_and_following_ones_name_their_cause(name):
    with (FOLDER / name / "claims.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    own = {row["comment"].split(":")[0] for row in rows if row["verdict"].startswith("wrong: own")}
    causes = {cause for row in rows for cause in re.findall(rf"from ({name}-E\d+)", row["verdict"])}
    assert own
    assert causes <= own
