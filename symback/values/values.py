"""The numbers of a derivation: exact, as carried from line to line, and as printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.derive.derivation import Derivation
from symback.derive.step import Rule, Step
from symback.values.interpret import chosen_case, interpret
from symback.values.policy import Carry, Policy
from symback.values.real import Real
from symback.values.rounding import Spelled, spell
from symback.written.nodes import Cases, Name, Number, Partial, Written

CARRYING_FORMS: Mapping[str, str] = {
    Rule.FORWARD: "definition",
    Rule.AFFINE: "closed",
    Rule.ACTIVATION: "input",
    Rule.LOSS: "closed",
    Rule.CHAIN: "chain",
    Rule.TOTAL: "sum",
    Rule.UPDATE: "rule",
}
"""The form by which each rule's value is computed, where a plan names no other."""


class _Memo(dict[str, Real]):
    """Finds a value when it is first asked for."""

    def __init__(self, find: Callable[[str], Real]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: str) -> Real:
        value = self[key] = self._find(key)
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
    moves : Mapping[str, Real]
        What is added to given numbers, by key.

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
        moves: Mapping[str, Real] | None = None,
    ) -> None:
        self.derivation = derivation
        self.policy = policy
        self._moves = moves or {}
        self._forms = {**CARRYING_FORMS, **(forms or {})}
        self.exact: Mapping[str, Real] = _Memo(self._find_exact)
        self.carried: Mapping[str, Real] = (
            _Memo(self._find_carried) if policy.carry is Carry.PRINTED else self.exact
        )
        self._spelled: dict[tuple[str, int], Spelled] = {}

    def moved(self, policy: Policy, moves: Mapping[str, Real]) -> Values:
        """Return the values of the same derivation with given numbers moved, under another policy.

        A moved number is still spelled as it was given; the page writes the move beside it.
        """
        return Values(self.derivation, policy, self._forms, moves)

    def form(self, step: Step) -> Written:
        """Return the form of `step` that carries its value."""
        return step.forms.get(self._forms[step.rule]) or step.forms[CARRYING_FORMS[step.rule]]

    def spelled(self, key: str, extra: int = 0) -> Spelled:
        """Return the number as printed for `key`, with `extra` digits beyond its policy."""
        found = self._spelled.get((key, extra))
        if found is None:
            found = self._spelled[key, extra] = self._spell(key, extra)
        return found

    def number(self, key: str, extra: int = 0) -> Number:
        """Return the printed number for `key` as written mathematics."""
        return Number(self.spelled(key, extra).text)

    def _find_exact(self, key: str) -> Real:
        given = self.derivation.graph.given.get(key)
        if given is not None:
            value = Real.of(given.text)
            return value + self._moves[key] if key in self._moves else value
        found = interpret(self.form(self.derivation[key]), self.exact)
        return _scalar(found)

    def _find_carried(self, key: str) -> Real:
        return self.spelled(key).value

    def _spell(self, key: str, extra: int) -> Spelled:
        given = self.derivation.graph.given.get(key)
        if given is not None:
            return Spelled(given.text, Real.of(given.text), exact=True)
        form = self.form(self.derivation[key])
        if isinstance(form, Cases):
            form = chosen_case(form, self.carried)
        if isinstance(form, Name | Partial):
            return self.spelled(form.key, extra)
        if isinstance(form, Number):
            return Spelled(form.text, Real.of(form.text), exact=True)
        value = self.exact[key] if self.policy.carry is Carry.EXACT else _scalar(interpret(form, self.carried))
        return spell(value, self.policy.digits_of(key), self.policy.rounding, extra)


def _scalar(value: object) -> Real:
    if not isinstance(value, Real):
        raise TypeError(f"a scalar was expected, not {value!r}")
    return value
