"""Softmax, the activation of a whole layer, against `sympy.diff`, alone and with the losses that it makes simpler."""

import dataclasses
from fractions import Fraction

import pytest
import sympy

from symback.rules.activations import ACTIVATIONS, cross_forms, derivative_form, function_form, output_form
from symback.rules.losses import LOSSES as ROWS
from symback.rules.losses import combined_forms, other_target
from tests.oracles.functions import JOINT, LOSSES, SYMBOLIC
from tests.oracles.meaning import meaning

SIZE = 3
Z = sympy.symbols(f"z1:{SIZE + 1}", real=True)
T = sympy.symbols(f"t1:{SIZE + 1}", real=True)
TRUTH = JOINT["softmax"](Z, SYMBOLIC)
ROW = ACTIVATIONS["softmax"]
TOGETHER = [name for name, row in ROWS.items() if "softmax" in row.combined]


def names(own, other=None):
    """What the names of a row mean for two neurons, counted from 0."""
    total = sum(sympy.exp(z) for z in Z)
    found = {"x": Z[own], "s": total, "y": TRUTH[own]}
    return found if other is None else {**found, "u": Z[other], "v": TRUTH[other]}


def is_same(left, right):
    return sympy.simplify(left - right) == 0


def wrong_derivatives(row):
    """The forms of a row that are not SymPy's derivative, for every pair of neurons."""
    wrong = []
    for own in range(SIZE):
        forms = {"input": derivative_form(row), "output": output_form(row)}
        wrong += [
            name
            for name, form in forms.items()
            if not is_same(meaning(form, names(own).get), sympy.diff(TRUTH[own], Z[own]))
        ]
        for other in set(range(SIZE)) - {own}:
            truth = sympy.diff(TRUTH[own], Z[other])
            wrong += [
                f"cross {name}"
                for name, form in cross_forms(row).items()
                if not is_same(meaning(form, names(own, other).get), truth)
            ]
    return wrong


def test_every_activation_of_a_layer_has_an_oracle():
    assert {name for name, row in ACTIVATIONS.items() if row.is_joint} == set(JOINT)


@pytest.mark.parametrize("own", range(SIZE))
def test_the_function_is_the_share_of_each_exponential(own):
    assert is_same(meaning(function_form(ROW), names(own).get), TRUTH[own])


def test_every_form_of_the_derivative_is_that_of_sympy():
    assert wrong_derivatives(ROW) == []


@pytest.mark.parametrize(("field", "text"), [("cross_output_derivative", "y*v"), ("cross_derivative", "-(e^x/s)")])
def test_a_planted_fault_is_found(field, text):
    assert wrong_derivatives(dataclasses.replace(ROW, **{field: text})) != []


@pytest.mark.parametrize("factor", [Fraction(1), Fraction(1, 2), Fraction(3)], ids=str)
@pytest.mark.parametrize("name", TOGETHER)
def test_loss_and_softmax_together_give_what_sympy_gives(name, factor):
    """All forms but the last are true for any targets, the last for targets that add up to 1."""
    scale = sympy.Rational(factor.numerator, factor.denominator)
    loss = scale * sum(LOSSES[name](y, t, SYMBOLIC) for y, t in zip(TRUTH, T, strict=True))
    for own in range(SIZE):
        forms = combined_forms(ROWS[name], factor, "softmax", own, SIZE)
        assert list(forms) == ["multiplied", "gathered", "combined"]
        known = {"y": TRUTH[own], "t": T[own]} | {other_target(place): T[place] for place in range(SIZE)}
        truth = sympy.diff(loss, Z[own])
        for form_name, form in forms.items():
            gap = meaning(form, known.get) - truth
            if form_name == "combined":
                assert not is_same(gap, 0)
                gap = gap.subs(T[-1], 1 - sum(T[:-1]))
            assert is_same(gap, 0)
