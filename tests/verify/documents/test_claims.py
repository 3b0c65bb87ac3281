"""The rows of claims.csv say what stands in the documents, where it stands, in the order in which it stands."""

import csv
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/claims.csv"))
EXPECTATIONS = {"right", "wrong", "slip", "wrong-or-slip", "follows"}
MISTAKES = EXPECTATIONS - {"right", "follows"}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(folder: Path) -> Path:
    (found,) = folder.glob("document.*")
    return found


def test_there_are_nine_and_one_has_no_mistakes() -> None:
    faultless = [folder.name for folder in FOLDERS if all(row["expect"] == "right" for row in rows(folder))]
    assert len(FOLDERS) == 9
    assert faultless == ["entropia-cruzada"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rows_stand_in_the_document_in_order(folder: Path) -> None:
    lines = document(folder).read_text(encoding="utf-8").split("\n")
    last, column = 0, 0
    for row in rows(folder):
        number = int(row["line"])
        assert number >= last
        found = lines[number - 1].find(row["written"], column if number == last else 0)
        assert found >= 0, row
        last, column = number, found + len(row["written"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_mistakes_are_named_and_nothing_else_is(folder: Path) -> None:
    for row in rows(folder):
        assert row["expect"] in EXPECTATIONS
        assert (row["kind"] not in {"", "given"}) == (row["expect"] in MISTAKES), row
        assert bool(row["comment"]) == (row["expect"] in MISTAKES), row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_given_numbers_are_those_of_the_spec(folder: Path) -> None:
    text = (folder / "spec.yaml").read_text(encoding="utf-8")
    known = {abs(number) for number in _numbers(yaml.safe_load(text))}
    for row in rows(folder):
        if row["kind"] == "given":
            spelled = row["written"].replace("−", "-").replace("{,}", ".").replace(",", ".")
            assert abs(float(spelled)) in known, row


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [float(value)] if isinstance(value, int | float) else []
