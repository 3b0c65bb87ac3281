"""A slice of the product of activations, losses, wirings, penalties, notations and styles against two oracles."""

import pytest

from tests.oracles.random_product import FACTORS, gradient_errors, product_case

NETWORKS, APIECE = 300, 25


@pytest.mark.parametrize("first", range(0, NETWORKS, APIECE))
def test_every_gradient_with_its_penalty_against_differences_and_autograd(first):
    errors = [(seed, *found) for seed in range(first, first + APIECE) for found in gradient_errors(product_case(seed))]
    assert [found for found in errors if not found[-1]] == []
    assert len(errors) > 10 * APIECE


def test_the_slice_has_every_value_of_every_factor():
    cases = [product_case(seed) for seed in range(NETWORKS)]
    assert {name: {case.factors[name] for case in cases} for name in FACTORS} == {
        name: {*values} for name, values in FACTORS.items()
    }
    assert {len(case.values["data"]) for case in cases} == {1, 2}
    assert {"of" in case.values["loss"].get("penalty", {}) for case in cases} == {True, False}
    assert cases[:5] == [product_case(seed) for seed in range(5)]
