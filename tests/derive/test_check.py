"""The check of a derivation finds what is planted, and nothing else."""

import dataclasses
from collections.abc import Iterator, Mapping

import pytest

from symback.derive.check import DerivationError, check_derivation
from symback.derive.derivation import Derivation
from symback.derive.step import Step
from symback.written.nodes import Name, Partial, Product, Sum
from tests.derive.setting import SETTINGS, cases, derivation_of

CASES = cases(0, 2, 7, 15, 21)
VALUES = CASES[0].values[0]


class Planted(Mapping[str, Step]):
    """A derivation with other steps in place of some of its own, or in another order."""

    def __init__(self, derivation: Derivation, steps: Mapping[str, Step], order: list[str] | None = None) -> None:
        self.graph = derivation.graph
        self._derivation, self._steps = derivation, steps
        self._order = list(derivation) if order is None else order

    def __getitem__(self, key: str) -> Step:
        return self._steps.get(key) or self._derivation[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


def with_form(derivation, key, name, form):
    step = derivation[key]
    return Planted(derivation, {key: dataclasses.replace(step, forms={**step.forms, name: form})})


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", CASES)
def test_a_sound_derivation_passes(values, anchors, by_terms):
    check_derivation(derivation_of(values, anchors, by_terms))


def test_unchanged_the_stand_in_passes_too():
    check_derivation(Planted(derivation_of(VALUES), {}))


@pytest.mark.parametrize(("key", "form", "named"), [
    ("z.1.1", Sum((Name("w.1.1.1"), Name("a.1.1"))), "a.1.1"),
    ("z.1.1", Name("z.1.1"), "z.1.1"),
    ("loss", Name("loss:w.1.1.1"), "loss:w.1.1.1"),
    ("loss:z.1.1", Product((Partial("loss", "w.1.1.1"), Name("x.1"))), "loss:w.1.1.1"),
    ("loss:z.1.1", Partial("loss", "z.1.1"), "loss:z.1.1"),
    ("a.1.1:z.1.1", Name("z.9.9"), "z.9.9"),
])  # fmt: skip
def test_a_step_that_uses_itself_or_something_later_is_named(key, form, named):
    with pytest.raises(DerivationError, match=rf"{key}, form 'planted', uses {named} before"):
        check_derivation(with_form(derivation_of(VALUES), key, "planted", form))


def test_a_fault_in_one_of_the_forms_is_enough():
    derivation = derivation_of(VALUES)
    with pytest.raises(DerivationError, match="unevaluated"):
        check_derivation(with_form(derivation, "a.1.1:z.1.1", "unevaluated", Name("a.1.1+")))


@pytest.mark.parametrize("missing", ["w.1.1.1", "x.1", "t.1"])
def test_a_quantity_that_the_graph_does_not_have_is_named(missing):
    derivation = derivation_of(VALUES)
    quantities = {name: found for name, found in derivation.graph.quantities.items() if name != missing}
    given = {name: found for name, found in derivation.graph.given.items() if name != missing}
    planted = Planted(derivation, {})
    planted.graph = dataclasses.replace(derivation.graph, quantities=quantities, given=given)
    with pytest.raises(DerivationError, match=missing):
        check_derivation(planted)


def test_two_steps_in_the_wrong_order_are_found():
    derivation = derivation_of(VALUES)
    order = list(derivation)
    first, second = order.index("z.1.1"), order.index("a.1.1")
    order[first], order[second] = order[second], order[first]
    with pytest.raises(DerivationError, match=r"a\.1\.1, form 'definition', uses z\.1\.1"):
        check_derivation(Planted(derivation, {}, order))


def test_a_step_left_out_is_missed():
    derivation = derivation_of(VALUES)
    with pytest.raises(DerivationError, match=r"uses loss:z\.1\.1|uses loss:a\.1\.1"):
        check_derivation(
            Planted(derivation, {}, [key for key in derivation if key not in ("loss:z.1.1", "loss:a.1.1")])
        )


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", CASES)
def test_every_step_has_its_place_once(values, anchors, by_terms):
    derivation = derivation_of(values, anchors, by_terms)
    order = list(derivation)
    assert len(order) == len(set(order)) == len(derivation)
    assert order == list(derivation_of(values, anchors, by_terms))


def test_an_unknown_key_is_a_key_error():
    derivation = derivation_of(VALUES)
    for key in ("w.1.1.1", "z.9.9", "loss:z.9.9", "z.2.1:z.1.1", "loss:t.1", "loss.1:t.1", "loss.1:w.1.1.1"):
        with pytest.raises(KeyError):
            derivation[key]
