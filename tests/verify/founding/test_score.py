"""The scorer, on a document of a few lines whose tallies are counted by hand."""

import csv
from dataclasses import asdict

import pytest

from tests.verify.founding.score import Finding, displays, plain_number, score

DOCUMENT = r"""The weights are 0.5 and 2.
$$a = 0.5 \cdot 2 = 1.1$$
$$
\begin{aligned} b &= 1.1 \cdot 2 = 2.2 \\
c &= 2.2 + 2.2 = 4.4 \end{aligned}
$$
2. The second item.
$$\frac{d}{e} = 3$$
$$f = g \cdot h$$
$$i = 0.25 + 0.25 = 0.50$$
$$k = 6, \quad l = 6$$
"""
COLUMNS = ["location", "quantity", "stated_value", "verdict", "kind", "comment"]
ROWS = [
    ["L1", "v", "0.5", "given", "data", ""],
    ["L1", "w", "2", "given", "data", ""],
    ["L2 result", "a", "1.1", "wrong: own error", "arithmetic", "A"],
    ["L4", "b", "2.2", "wrong: carried forward (from A)", "", ""],
    ["L5", "c", "4.4", "wrong: carried forward (from A)", "", ""],
    ["L5 rule", "c", "", "wrong: carried forward (from A)", "symbolic", ""],
    ["L7", "item number", "", "wrong: own error", "typo (numbering)", ""],
    ["L8", "d", "3", "correct", "displayed expression does not give it", ""],
    ["L9 with L10", "f", "", "wrong: own error", "concept", ""],
    ["L10", "i", "0.50", "correct within rounding", "", ""],
    ["L10", "j", "0.25", "undetermined", "", ""],
    ["L10 rule", "i", "", "correct", "symbolic", ""],
    ["L11", "k", "6", "correct", "", ""],
    ["L11", "l", "6", "correct", "", ""],
]
GOOD = [
    (1, "0.5", "given"),
    (1, "2", "given"),
    (2, "1.1", "wrong"),
    (4, "2.2", "follows"),
    (5, "4.4", "follows"),
    (7, "2.", "slip"),
    (8, "3", "slip"),
    (9, "g h", "wrong"),
    (10, "0.50", "rounded"),
    (11, "6", "correct"),
    (11, "6", "correct"),
]


@pytest.fixture
def scored(tmp_path):
    """Score an audit, given as lines, numbers and verdicts; return its tallies."""
    document, table = tmp_path / "document.md", tmp_path / "claims.csv"
    document.write_text(DOCUMENT, encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([COLUMNS, *ROWS])

    def score_audit(audit):
        claims = [
            {"line": line, "written": text, "verdict": verdict, "quantity": f"q{line}"} for line, text, verdict in audit
        ]
        return asdict(score(table, document, claims))

    return score_audit


TOTALS = {"right_total": 6, "own_total": 2, "follows_total": 2, "text_total": 1}
ALL_RIGHT = TOTALS | {
    "right_read": 5,  # of six: the fair slip is neither read as right nor a false alarm
    "false_alarms": [],
    "own_found": 2,
    "missed": [],
    "follows_named": 2,
    "follows_blamed": 0,
    "follows_passed": 0,
    "text_found": 1,
}


def without(line):
    return [claim for claim in GOOD if claim[0] != line]


def test_a_good_audit(scored):
    assert scored(GOOD) == ALL_RIGHT


def test_an_empty_audit(scored):
    missed = [Finding("L2 result", "a", "1.1", "not read"), Finding("L9 with L10", "f", "", "not read")]
    zeros = dict.fromkeys(set(ALL_RIGHT) - set(TOTALS) - {"false_alarms", "missed"}, 0)
    assert scored([]) == TOTALS | zeros | {"false_alarms": [], "missed": missed}


@pytest.mark.parametrize(("verdict", "column"), [("wrong", "follows_blamed"), ("rounded", "follows_passed")])
def test_a_following_error_with_another_verdict(scored, verdict, column):
    assert scored([*without(4), (4, "2.2", verdict)]) == ALL_RIGHT | {"follows_named": 1, column: 1}


@pytest.mark.parametrize("verdict", ["wrong", "slip", "follows"])
def test_a_right_value_blamed_is_a_false_alarm(scored, verdict):
    alarm = Finding("L10", "i", "0.50", verdict)
    assert scored([*without(10), (10, "0.50", verdict)]) == ALL_RIGHT | {"right_read": 4, "false_alarms": [alarm]}


def test_only_a_slip_is_fair_behind_operands_that_do_not_give_the_value(scored):
    alarm = Finding("L8", "d", "3", "wrong")
    assert scored([*without(8), (8, "3", "wrong")]) == ALL_RIGHT | {"false_alarms": [alarm]}


def test_an_undecided_value_is_neither_read_nor_blamed(scored):
    assert scored([*without(10), (10, "0.50", "undecided")]) == ALL_RIGHT | {"right_read": 4}


def test_blame_beside_the_table(scored):
    alarm = Finding("L10", "q10", "7", "wrong")
    assert scored([*GOOD, (10, "7", "wrong")]) == ALL_RIGHT | {"false_alarms": [alarm]}
    assert scored([*GOOD, (10, "0.25", "wrong")]) == ALL_RIGHT, "the table does not know about 0.25 itself"
    assert scored([*GOOD, (5, "7", "wrong")]) == ALL_RIGHT, "a display with an error may be blamed elsewhere"


def test_an_own_error_passed_is_missed(scored):
    missed = Finding("L2 result", "a", "1.1", "correct")
    assert scored([*without(2), (2, "1.1", "correct")]) == ALL_RIGHT | {"own_found": 1, "missed": [missed]}


def test_blame_elsewhere_in_the_display_finds_only_errors_without_a_number(scored):
    missed = Finding("L2 result", "a", "1.1", "not read")
    assert scored([*without(2), (2, "0.5", "wrong")]) == ALL_RIGHT | {"own_found": 1, "missed": [missed]}


def test_a_claim_is_matched_once(scored):
    alarm = Finding("L11", "k", "6", "wrong")
    audit = [*without(11), (11, "6", "wrong"), (11, "6", "correct")]
    assert scored(audit) == ALL_RIGHT | {"right_read": 4, "false_alarms": [alarm]}


def test_a_claim_is_matched_by_its_digits(scored):
    audit = [*without(1), (1, "0.5", "given"), (1, "2.0", "given")]
    assert scored(audit) == ALL_RIGHT | {"right_read": 4}, "2.0 is not the 2 that is printed"


def test_a_claim_is_matched_in_its_own_display(scored):
    assert scored([*without(10), (9, "0.50", "rounded")]) == ALL_RIGHT | {"right_read": 4}


def test_any_line_of_a_display_stands_for_all_of_it(scored):
    assert scored([*without(4), (3, "2.2", "follows")]) == ALL_RIGHT


def test_displays():
    assert displays("a\n$$b\nc$$\n$$d$$\n$$e") == {1: (1, 1), 2: (2, 3), 3: (2, 3), 4: (4, 4)}


@pytest.mark.parametrize(
    ("text", "number"),
    [("−0.5", "-0.5"), (r"\ 1{,}5 ", "1.5"), ("- 2.", "-2."), (".5", ".5"), ("w_1", None), ("1 + 1", None), ("", None)],
)
def test_plain_number(text, number):
    assert plain_number(text) == number
