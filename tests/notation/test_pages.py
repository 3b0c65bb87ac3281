"""Pages in every notation: they are written, their lines can be followed, and symback's own verifier reads them."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

import symback
from symback import resources
from symback.spec.model import Spec
from symback.spec.page import Notation
from symback.spec.problems import SpecError
from symback.verify.claims import BLAMED, Verdict
from symback.verify.verify import audit
from tests.checker import check_page
from tests.oracles.examples import IN_PIECES

SHARE = 5
"""So many examples every notation has in every style."""

NEW = ("from-to", "net-out", "numerator-layout", "short", "square-brackets", "theta")


def in_notation(example: str, notation: str) -> Spec:
    return symback.load(example).model_copy(update={"notation": Notation(preset=notation)})


def sliced(share: int = SHARE) -> Iterator[tuple[str, str, str]]:
    """Yield every notation in every style with some of the examples, in turn, so that all of them have their turn."""
    examples = [name for name in resources.examples() if name not in IN_PIECES]
    random.Random(7).shuffle(examples)
    turn = itertools.cycle(examples)
    for notation, style in itertools.product(resources.notations(), resources.styles()):
        yield from ((notation, style, example) for example in itertools.islice(turn, share))


def test_every_example_has_its_turn_in_every_notation_and_in_every_style():
    examples = {name for name in resources.examples() if name not in IN_PIECES}
    for place in (0, 1):
        turns: defaultdict[str, set[str]] = defaultdict(set)
        for row in sliced():
            turns[row[place]].add(row[2])
        assert {name: examples - had for name, had in turns.items() if had != examples} == {}


@pytest.mark.parametrize(("notation", "style", "example"), [*sliced()])
def test_every_line_can_be_followed(notation: str, style: str, example: str):
    """The benchmark `notations` has all examples in all notations and styles."""
    spec = symback.load(example)
    page = symback.render(spec, style=style, notation=notation)
    found = check_page(page, rounding=spec.numbers.rounding, carry=spec.numbers.carry)
    assert found.failed == []


@pytest.mark.parametrize("example", ["scalar-check", "slides"])
@pytest.mark.parametrize("notation", NEW)
def test_pages_are_read_back(notation: str, example: str):
    spec = in_notation(example, notation)
    claims, _ = audit(spec, symback.render(spec))
    assert [claim for claim in claims if claim.verdict in (*BLAMED, Verdict.FOLLOWS)] == []
    undecided = sum(claim.verdict is Verdict.UNDECIDED for claim in claims)
    assert undecided <= 0.04 * len(claims)


TINY: dict[str, Any] = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 1, "activation": "sigmoid"}, {"size": 1, "activation": "linear"}]},
    "parameters": {"weights": [[["0.5"]], [["1.5"]]], "biases": [["0.1"], ["0.2"]]},
    "data": [{"inputs": ["2"], "targets": ["1"]}],
    "loss": "squared-error",
    "update": {"learning_rate": "0.1"},
    "notation": "short",
}


def test_a_quantity_has_the_symbol_of_the_spec():
    page = symback.render(symback.load({**TINY, "names": {"w.2.1.1": "v", "loss": r"\ell", "b.2.1": "c"}}))
    assert r"v' = v - \eta \left( \frac{\partial \ell}{\partial v} \right)" in page
    assert "w_2" not in page


@pytest.mark.parametrize("style", resources.styles())
def test_pages_with_symbols_of_the_spec_can_be_followed(style: str):
    own = {"w.1.1.1": "u", "w.2.1.1": "v", "b.1.1": "c", "b.2.1": "d", "a.1.1": "h", "z.2.1": "s_2"}
    page = symback.render(symback.load({**TINY, "names": own}), style=style)
    assert check_page(page).failed == []


@pytest.mark.parametrize(
    ("own", "key", "expected"),
    [
        ({"w.1.1.1": "x"}, "names.w.1.1.1", "a symbol that x.1 does not have"),
        ({"w.1.1.1": "q", "b.2.1": "q"}, "names.b.2.1", "a symbol that w.1.1.1 does not have"),
        ({"w.1.1.1": "w_2"}, "names.w.1.1.1", "a symbol that w.2.1.1 does not have"),
    ],
)
def test_two_quantities_with_one_symbol_are_refused(own: dict[str, str], key: str, expected: str):
    with pytest.raises(SpecError) as caught:
        symback.render(symback.load({**TINY, "names": own}))
    problems = {".".join(map(str, problem.path)): problem for problem in caught.value.problems}
    assert problems[key].expected == expected


def test_a_letter_that_is_taken_is_not_used_for_a_function():
    page = symback.render(symback.load(TINY), style="slides")
    assert r"\frac{\partial v}{\partial u}" in page
    assert r"\frac{\partial y}{\partial x}" not in page
