"""The tables of claims fit their documents: every row is found on its line, in order."""

import csv
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/claims.csv"))
EXPECTATIONS = {"right", "wrong", "slip", "wrong-or-slip", "follows", "any"}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def lines(folder: Path) -> list[str]:
    (document,) = folder.glob("document.*")
    return document.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_row_stands_on_its_line_in_the_order_of_the_document(folder: Path) -> None:
    text = lines(folder)
    line, column = 1, 0
    for row in rows(folder):
        if int(row["line"]) != line:
            assert int(row["line"]) > line, row
            line, column = int(row["line"]), 0
        number = rf"(?<![\d.,]){re.escape(row['written'])}(?![\d]|[.,]\d)"
        found = re.compile(number).search(text[line - 1], column)
        assert found, row
        column = found.end()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rows_use_the_words_that_the_readme_explains(folder: Path) -> None:
    table = rows(folder)
    assert {row["expect"] for row in table} <= EXPECTATIONS
    assert all(row["kind"] for row in table if row["expect"] in {"wrong", "slip"})
    assert 30 <= len(table) <= 90


def test_two_of_the_ten_documents_are_without_mistakes() -> None:
    assert len(FOLDERS) == 10
    flawless = [folder.name for folder in FOLDERS if {row["expect"] for row in rows(folder)} == {"right"}]
    assert flawless == ["ascii-slides", "chat-answer"]
