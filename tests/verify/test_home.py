"""The names of a notation as the verifier knows them, also those that stand in rules only."""

from __future__ import annotations

import pytest

import symback
from symback.document.compose import names_of
from symback.graph.build import build_graph
from symback.resources import BUILT_IN
from symback.verify.home import home_schemes
from symback.verify.ids import ids_of
from symback.verify.schemes.scheme import Indices

IN_RULES = [
    ("short", "w", ("21", "1"), "w.1.2.1"),
    ("short", "w", ("32", "2"), "w.2.1.2"),  # the output is neuron 3 there, and its weights are w_5 and w_6
    ("net-out", "w", ("i1h2", ""), "w.1.2.1"),
    ("net-out", "w", ("h2o1", ""), "w.2.1.2"),
    ("net-out", "b", ("h2", ""), "b.1.2"),
    ("net-out", "b", ("o1", ""), "b.2.1"),
]
"""Names with which rules speak of parameters that have a number of their own elsewhere."""


@pytest.mark.parametrize(("notation", "family", "indices", "parameter"), IN_RULES)
def test_parameters_have_the_numbers_of_their_ends_in_rules(
    notation: str, family: str, indices: Indices, parameter: str
):
    spec = symback.load("notes")
    ids = ids_of(build_graph(spec))
    table = home_schemes(ids, names_of(spec, ids.stated, BUILT_IN, notation))[family].table
    assert table[indices] == parameter
