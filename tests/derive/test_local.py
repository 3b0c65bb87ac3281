"""Local derivatives: every edge of the graph against `sympy.diff` of the child's definition."""

import mpmath
import pytest
import sympy

from symback.derive.local import local_step
from symback.graph.quantity import Role
from tests.derive.setting import cases, derivation_of, values_of
from tests.oracles.differences import DIGITS
from tests.oracles.meaning import meaning, real
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import value

CASES = cases(*range(20))


def edges(graph):
    return [
        (child, parent)
        for child, quantity in graph.quantities.items()
        for parent in quantity.parents
        if graph.quantities[parent].role not in (Role.TARGET, Role.PENALTY_FACTOR)
    ]


@pytest.mark.parametrize("values", CASES)
def test_every_edge(values):
    derivation = derivation_of(values)
    graph, exact = derivation.graph, values_of(derivation, values).exact
    with mpmath.workdps(DIGITS):
        numbers = {real(name): decimal(exact[name]) for name in graph.quantities}
        for child, parent in edges(graph):
            truth = value(sympy.diff(meaning(graph.quantities[child].definition), real(parent)), numbers)
            for form in local_step(graph, {}, child, parent).forms.values():
                assert error(value(meaning(form), numbers), truth) < mpmath.mpf(10) ** -45


@pytest.mark.parametrize("values", CASES)
def test_the_affine_rule_is_symbolically_that_of_sympy(values):
    graph = derivation_of(values).graph
    for child, parent in edges(graph):
        if graph.quantities[child].role is Role.PRE_ACTIVATION:
            closed = local_step(graph, {}, child, parent).forms["closed"]
            assert meaning(closed) == sympy.diff(meaning(graph.quantities[child].definition), real(parent))


@pytest.mark.parametrize("values", CASES)
def test_what_is_only_written_down_is_the_derivative_of_the_definition(values):
    graph = derivation_of(values).graph
    for child, parent in edges(graph):
        unevaluated = local_step(graph, {}, child, parent).forms["unevaluated"]
        truth = sympy.diff(meaning(graph.quantities[child].definition), real(parent))
        assert meaning(unevaluated).equals(truth) or graph.quantities[child].role is Role.ACTIVATION
