"""Every form of every step says the same number, whatever a style chooses to show."""

import mpmath
import pytest
import sympy

from symback.derive.step import Rule
from symback.values.values import Values
from symback.written.nodes import Number
from symback.written.substitute import leaves
from tests.derive.setting import SETTINGS, cases, derivation_of, values_of
from tests.oracles.differences import DIGITS
from tests.oracles.meaning import meaning, real
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import value

CASES = cases(3, 9, 15, 21)
SMALLEST = mpmath.mpf(10) ** -45


def forms(derivation):
    """Key, name and tree of every form, but those of quantities whose value is stated against their definition."""
    keys = [key for key in derivation if key not in derivation.graph.given]
    return [(key, name, form) for key in keys for name, form in derivation[key].forms.items()]


def worth(form, exact):
    """What a form says, read by the oracle, with the exact numbers of its leaves; derivatives in it are taken."""
    expression = meaning(form)
    return value(expression, {real(key): decimal(exact[key]) for key in leaves(form)})


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", CASES)
def test_all_forms_of_a_step_agree(values, anchors, by_terms):
    derivation = derivation_of(values, anchors, by_terms)
    exact = values_of(derivation, values).exact
    with mpmath.workdps(DIGITS):
        for key, name, form in forms(derivation):
            assert error(worth(form, exact), decimal(exact[key])) < SMALLEST, f"{key}, form {name!r}"


@pytest.mark.parametrize(("rule", "names"), [
    (Rule.AFFINE, {"unevaluated", "closed"}),
    (Rule.ACTIVATION, {"unevaluated", "input"}),
    (Rule.LOSS, {"unevaluated", "closed"}),
    (Rule.CHAIN, {"chain"}),
    (Rule.UPDATE, {"rule"}),
    (Rule.FORWARD, {"definition"}),
])  # fmt: skip
def test_a_rule_has_the_forms_that_every_plan_may_ask_for(rule, names):
    for case in CASES:
        derivation = derivation_of(*case.values)
        assert all(names <= set(derivation[key].forms) for key in derivation if derivation[key].rule is rule)


@pytest.mark.parametrize("values", CASES)
def test_the_form_that_carries_a_value_changes_nothing_exact(values):
    derivation = derivation_of(values)
    plain = values_of(derivation, values)
    every = {(derivation[key].rule, name) for key, name, _ in forms(derivation) if name != "unevaluated"}
    for rule, name in sorted(every):
        other = Values(derivation, plain.policy, {rule: name})
        with mpmath.workdps(DIGITS):
            for key in derivation:
                assert error(decimal(other.exact[key]), decimal(plain.exact[key])) < SMALLEST


@pytest.mark.parametrize("convention", ["0", "1", "0.5"])
def test_a_convention_reaches_the_derivation(convention):
    (case, *_) = cases(0)
    values = {**case.values[0], "kinks": {"relu": convention}}
    assert values["network"]["layers"][0]["activation"] == "relu"
    derivation = derivation_of(values)
    assert derivation.kinks["relu"] == Number(convention)
    form = meaning(derivation["a.1.1:z.1.1"].forms["input"])
    assert form.subs(real("z.1.1"), 0) == sympy.Rational(convention)
