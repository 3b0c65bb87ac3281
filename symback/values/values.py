"""The numbers of a derivation: exact, as carried from line to line, and as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from symback.derive.derivation import Derivation
from symback.derive.step import Rule, Step
from symback.spec.problems import Problem, SpecError
from symback.values.interpret import UnknownValue, chosen_case, interpret
from symback.values.policy import Carry, Policy, number_name
from symback.values.real import Real
from symback.values.rounding import Spelled, spell
from symback.written.nodes import NEW, Cases, Name, Number, Partial, Written

CARRYING_FORMS: Mapping[str, str] = {
    Rule.FORWARD: "definition",
    Rule.AFFINE: "closed",
    Rule.ACTIVATION: "input",
    Rule.LOSS: "closed",
    Rule.PENALTY: "closed",
    Rule.EQUATION: "closed",
    Rule.CHAIN: "chain",
    Rule.TOTAL: "sum",
    Rule.DELTA: "definition",
    Rule.UPDATE: "rule",
}
"""The form by which each rule's value is computed, where a plan names no other."""

LESS_COMBINED = {"combined": "gathered"}
"""The form that carries a value where a plan names one that a step does not have."""


Found = TypeVar("Found")


class _Memo(dict[str, Found]):
    """Finds a value when it is first asked for, and remembers too that there is none."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find
        self._unknown: set[str] = set()

    def __missing__(self, key: str) -> Found:
        if key in self._unknown:
            raise UnknownValue(key)
        try:
            value = self[key] = self._find(key)
        except UnknownValue:
            self._unknown.add(key)
            raise
        return value


class Values:
    """Numbers for every key of a derivation, under one policy.

    Parameters
    ----------
    derivation : Derivation
        Says by which forms values are found.
    policy : Policy
        Digits, rounding, and what is carried.
    forms : Mapping[str, str]
        The carrying form by rule, where it is not that of `CARRYING_FORMS`; a step without it falls back.
    given : Mapping[str, Number]
        The given numbers, where they are not those of the worked sample.

    Attributes
    ----------
    exact : Mapping[str, Real]
        The true value.
    carried : Mapping[str, Real]
        The value that later lines use: `exact`, or what stands on the page.
    """

    def __init__(
        self,
        derivation: Derivation,
        policy: Policy,
        forms: Mapping[str, str] | None = None,
        given: Mapping[str, Number] | None = None,
    ) -> None:
        self.derivation = derivation
        self.policy = policy
        self.given = derivation.graph.given if given is None else given
        self._moves: Mapping[str, Real] = {}
        self._touched: frozenset[str] = frozenset()
        self._origin: Values | None = None
        self._before: Values | None = None
        self._after: Values | None = None
        self._samples: dict[int, Values] = {}
        self._forms = {**CARRYING_FORMS, **(forms or {})}
        self._carrying: Mapping[str, Written] = _Memo(self._find_form)
        self.exact: Mapping[str, Real] = _Memo(self._find_exact)
        self.carried: Mapping[str, Real] = _Memo(self._find_carried) if policy.carry is Carry.PRINTED else self.exact
        self._spelled: dict[int, Mapping[str, Spelled]] = {}

    def moved(self, policy: Policy, moves: Mapping[str, Real]) -> Values:
        """Return the values of the same derivation with given numbers moved, under another policy.

        A moved number is still spelled as it was given; the page writes the move beside it.
        """
        there = Values(self.derivation, policy, self._forms, self.given)
        there._moves, there._origin, there._before = moves, self, self._before
        there._touched = frozenset(moves).union(*map(self.derivation.graph.dependents, moves))
        return there

    def step(self, number: int) -> Values:
        """Return the values of a step of learning sample by sample, counted from 1, which is the one at hand.

        Its parameters are what the step before left of them, exactly or as it is printed, whichever is carried.
        """
        steps, found = self.derivation.graph.steps, self
        for sample in steps[1:number]:
            if found._after is None:
                found._after = Values(self.derivation, self.policy, self._forms, found.sample(sample).given)
                found._after._before = found
            found = found._after
        return found

    def sample(self, number: int) -> Values:
        """Return the values for another sample, counted from 1."""
        if number not in self._samples:
            given = {**self.given, **self.derivation.graph.samples[number - 1]}
            self._samples[number] = Values(self.derivation, self.policy, self._forms, given)
            self._samples[number]._before = self._before
        return self._samples[number]

    def by_definition(self, key: str) -> Real:
        """Return the value of `key` worked out from what it is made of, whatever was stated for it.

        Raises
        ------
        UnknownValue
            If a number that it needs is not known.
        """
        return _worked_out(key, self._carrying[key], self.exact)

    def form(self, step: Step) -> Written:
        """Return the form of `step` that carries its value."""
        wanted = self._forms[step.rule]
        names = (wanted, LESS_COMBINED.get(wanted, ""), CARRYING_FORMS[step.rule])
        return next(form for name in names if (form := step.forms.get(name)) is not None)

    def spelled(self, key: str, extra: int = 0) -> Spelled:
        """Return the number as printed for `key`, with `extra` digits beyond its policy."""
        return self._spellings(extra)[key]

    def known(self, keys: Iterable[str], extra: int = 0) -> dict[str, Spelled]:
        """Return the numbers as printed for those of `keys` that have a value."""
        spellings = self._spellings(extra)
        found = {}
        for key in keys:
            try:
                found[key] = spellings[key]
            except UnknownValue:
                continue
        return found

    def knows(self, key: str) -> bool:
        """Say whether `key` has a value: whether every number that it needs was given."""
        return bool(self.known((key,)))

    def number(self, key: str, extra: int = 0) -> Number:
        """Return the printed number for `key` as written mathematics."""
        return self.spelled(key, extra).number

    def _spellings(self, extra: int) -> Mapping[str, Spelled]:
        if extra not in self._spelled:
            self._spelled[extra] = _Memo(partial(self._spell, extra=extra))
        return self._spelled[extra]

    def _find_exact(self, key: str) -> Real:
        if "@" in key:
            number, name = of_sample(key)
            return self.sample(number).exact[name]
        if self._origin is not None and key not in self._touched and key in self.derivation.graph.quantities:
            return self._origin.exact[key]
        given = self.given.get(key)
        if given is None:
            return _worked_out(key, self._carrying[key], self.exact)
        left = self._left_by_the_step_before(key)
        value = Real.of(given.text) if left is None else left[0].exact[left[1]].shortened()
        if key in self._moves:
            return value + self._moves[key]
        return value + self._shift(key)

    def _left_by_the_step_before(self, key: str) -> tuple[Values, str] | None:
        """Return where a parameter gets its value from, if a step went before."""
        is_parameter = self._before is not None and key in self.derivation.graph.learned
        return (self._before, key + NEW) if self._before is not None and is_parameter else None

    def _find_form(self, key: str) -> Written:
        """Return the form that carries the value of what is not given."""
        quantity = self.derivation.graph.quantities.get(key)
        if quantity is not None and quantity.definition is None:
            raise UnknownValue(key)
        return self.form(self.derivation[key])

    def _is_as_before(self, key: str) -> bool:
        """Say whether a quantity is spelled as it was before the move, which does not touch it."""
        origin = self._origin
        is_alike = origin is not None and origin.policy is self.policy and key not in self._touched
        return is_alike and key in self.derivation.graph.quantities

    def _is_shifted(self, key: str) -> bool:
        """Say whether a given value moves with its definition."""
        quantity = self.derivation.graph.quantities.get(key)
        return self._origin is not None and quantity is not None and quantity.definition is not None

    def _shift(self, key: str) -> Real:
        """Return by how much the definition of a given quantity changes when the moved numbers move."""
        graph = self.derivation.graph
        definition = graph.quantities[key].definition if key in graph.quantities else None
        if self._origin is None or definition is None or key not in self._touched:
            return _NOTHING
        return _worked_out(key, definition, self.exact) - _worked_out(key, definition, self._origin.exact)

    def _find_carried(self, key: str) -> Real:
        return self.spelled(key).value

    def _spell(self, key: str, extra: int) -> Spelled:
        if "@" in key:
            number, name = of_sample(key)
            return self.sample(number).spelled(name, extra)
        if self._is_as_before(key):
            assert self._origin is not None
            return self._origin.spelled(key, extra)
        given = self.given.get(key)
        left = self._left_by_the_step_before(key)
        if left is not None:
            return left[0].spelled(left[1], extra)
        if given is not None and not self._is_shifted(key):
            return Spelled(given, Real.of(given.text), exact=True)
        form = self._carrying[key]
        if isinstance(form, Cases):
            form = chosen_case(form, self.carried)
        if isinstance(form, Name | Partial):
            return self.spelled(form.key, extra)
        if isinstance(form, Number):
            return Spelled(form, Real.of(form.text), exact=True)
        value = self.exact[key] if self.policy.carry is Carry.EXACT else _worked_out(key, form, self.carried)
        try:
            return spell(value, self.policy.digits_of(key), self.policy.rounding, extra)
        except OverflowError as error:
            raise no_value(key, error) from None


_NOTHING = Real.of(0)


def of_sample(key: str) -> tuple[int, str]:
    """Return the number of the sample that a key such as ``loss@2:w.1.1.1`` speaks of, and the key without it."""
    found = _SAMPLE.search(key)
    assert found is not None
    return int(found[1]), _SAMPLE.sub("", key)


_SAMPLE = re.compile(r"@(\d+)")


def no_value(key: str, error: Exception) -> SpecError:
    """Return the error for a number that does not exist or is too large to be written."""
    expected = "numbers with which it exists; where printed numbers are carried, more digits may do"
    return SpecError([Problem((number_name(key),), f"no value ({error})", expected)])


def _worked_out(key: str, form: Written, environment: Mapping[str, Real]) -> Real:
    """Return the value of `form`; what does not exist, such as the logarithm of 0, is the spec's problem."""
    try:
        value = interpret(form, environment)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise no_value(key, error) from None
    if not isinstance(value, Real):
        raise TypeError(f"a scalar was expected for {key}, not {value!r}")
    return value
