"""Documents and what is said of their claims: planted once, seen first where planted, and measured fairly."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

from tests.verify.generator import Case, clean, double, faulty
from tests.verify.generator.cases import erring, written
from tests.verify.generator.faults import KINDS
from tests.verify.generator.measure import Judged, figures, judge, read_answer
from tests.verify.generator.networks import exact
from tests.verify.generator.numbers import exactly
from tests.verify.generator.people import Person, random_person

FOLDER = Path(__file__).parent


def test_nothing_of_the_package_is_used() -> None:
    for path in FOLDER.glob("*.py"):
        assert not re.search(r"^\s*(import|from) symback", path.read_text(encoding="utf-8"), re.M), path


def test_the_same_seed_gives_the_same_documents() -> None:
    for kind in (clean, faulty, double):
        assert list(kind(6, 4)) == list(kind(6, 4))
        assert [case.text for case in kind(6, 4)] != [case.text for case in kind(6, 5)]


def test_every_quantity_of_a_document_has_a_name_of_its_own() -> None:
    """The names of a reader's table are among them, spelt as the document spells them."""
    for i in range(150):
        person = random_person(random.Random(f"names {i}"))
        notation = replace(person.notation, new="prime")
        keys = [
            *person.net.given,
            *(step.key for step in person.steps),
            *(key for key in person.grids if key[0] in "WBA"),
        ]
        names = [notation.name(key) for key in dict.fromkeys(keys)]
        assert len(names) == len(set(names)), names
        assert set(notation.aliases()) <= {notation.name(key) for key in exact_keys(person)}
        assert not any(name.count("{") != name.count("}") for name in names)


def exact_keys(person: Person) -> set[str]:
    with exactly():
        return set(exact(person.net))


def test_clean_documents_have_nothing_to_blame() -> None:
    for case in clean(100, 2):
        assert {(claim.expect, claim.kind) for claim in case.claims} == {("right", "")}


def test_claims_are_written_where_they_are_said_to_be() -> None:
    for case in (*clean(40, 3), *faulty(46, 3)):
        lines = case.text.splitlines()
        assert all(claim.written in lines[claim.line - 1] for claim in case.claims)
        assert [claim.line for claim in case.claims] == sorted(claim.line for claim in case.claims)


def test_the_first_line_that_differs_from_the_clean_document_is_the_mistake() -> None:
    counts = dict.fromkeys(KINDS, 0)
    for i in range(184):
        draw = random.Random(f"differs {i}")
        kind = tuple(KINDS)[i % len(KINDS)]
        person, faults = erring(draw, (kind,))
        with_fault, without = written(person, "", faults), written(person, "")
        lines, others = with_fault.text.splitlines(), without.text.splitlines()
        first = next(n for n, (one, other) in enumerate(zip(lines, others, strict=False), 1) if one != other)
        planted = sorted(
            {claim.line for claim in with_fault.claims if claim.expect in ("wrong", "slip", "wrong-or-slip")}
        )
        there = [claim for claim in with_fault.claims if claim.line == first]
        assert first == planted[0] or any(claim.kind for claim in there), (kind, first, planted)
        counts[kind] += first == planted[0]
        if len(lines) == len(others):
            changed = {n for n, (one, other) in enumerate(zip(lines, others, strict=True), 1) if one != other}
            bad = {claim.line for claim in with_fault.claims if claim.expect != "right"}
            aligned = {claim.line for claim in with_fault.claims if claim.kind}
            assert bad - aligned <= changed, (kind, bad - changed)
    assert sum(counts.values()) > 170
    assert all(counts.values())


def test_every_mistake_can_be_seen_and_is_planted_once() -> None:
    cases = list(faulty(len(KINDS) * 2, 7))
    assert [case.name.partition(" ")[2] for case in cases] == list(KINDS) * 2
    for case in cases:
        assert {claim.kind for claim in case.claims} - {""} == {case.name.partition(" ")[2]}
        assert any(claim.expect in ("wrong", "slip", "wrong-or-slip") for claim in case.claims)
    for case in double(20, 7):
        assert len({claim.kind for claim in case.claims if claim.expect in ("wrong", "slip", "wrong-or-slip")}) == 2


def perfect(case: Case) -> list[tuple[int, str, str, int | None]]:
    planted = min((claim.line for claim in case.claims if claim.kind), default=None)
    verdict = {"right": "correct", "wrong-or-slip": "slip"}
    return [
        (c.line, c.written, verdict.get(c.expect, c.expect), planted if c.expect == "follows" else None)
        for c in case.claims
    ]


def test_a_perfect_verifier_has_perfect_figures_and_a_silent_one_has_none() -> None:
    sets = [list(clean(12, 5)), list(faulty(23, 5)), list(double(6, 5))]
    answers = {case.text: perfect(case) for cases in sets for case in cases}
    best = figures(*(judge(lambda spec, text, suffix: answers[text], cases) for cases in sets))
    zero = ("false alarm", "wrongly blamed")
    for name, figure in best.items():
        assert figure.startswith("0.0 %" if any(word in name for word in zero) else "100.0 %"), (name, figure)
    silent = figures(*(judge(lambda spec, text, suffix: [], cases) for cases in sets))
    assert silent["mistakes found"].startswith("0.0 %")
    assert silent["second mistake of two found"].startswith("0.0 %")
    blames_all = figures(
        *([Judged(c, tuple((e.line, e.written, "wrong", None) for e in c.claims)) for c in cases] for cases in sets)
    )
    assert blames_all["clean documents with a false alarm"].startswith("100.0 %")
    assert blames_all["lines that follow, wrongly blamed"].startswith("100.0 %")


def test_a_verifier_that_stops_at_the_first_mistake_finds_no_second() -> None:
    def first_only(case: Case) -> tuple[tuple[int, str, str, int | None], ...]:
        kind = next(claim.kind for claim in case.claims if claim.expect in ("wrong", "slip", "wrong-or-slip"))
        others = [c.kind not in ("", kind) for c in case.claims]
        return tuple(
            (*f[:2], "follows" if other else f[2], f[3]) for f, other in zip(perfect(case), others, strict=True)
        )

    found = figures([], [], [Judged(case, first_only(case)) for case in double(40, 5)])
    assert found["second mistake of two found"].startswith("0.0 %"), found


def test_answers_of_the_command_are_read() -> None:
    claims = [
        {"line": 3, "written": "0.5", "verdict": "wrong"},
        {"line": 7, "written": "1", "verdict": "follows", "cause": 0},
    ]
    assert read_answer(json.dumps({"claims": claims})) == [(3, "0.5", "wrong", None), (7, "1", "follows", 3)]
