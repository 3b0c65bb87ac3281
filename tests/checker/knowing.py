"""What a page has said so far: the values of its quantities, what their names are made of, and how they are worked out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from mpmath import mp

from tests.checker.arithmetic import Activation, Array, Real, Unknown, real
from tests.checker.rounding import Known, agree, rounds, spread
from tests.checker.tree import Digits, Node

NEW = "⁺"
"""Marks the value that an arrow assigns to a quantity."""

RESTATED = 1
"""How many more decimals a value has that a difference check states again in full, at least."""

NEARBY = 0.01
"""How far a shifted value may be from the value it belongs to, relative to it (absolute for small ones)."""

STEEP = 1000
"""How many times the step a quantity may move in a difference check."""

MANY = 20
"""How many units of its last digit a value carried by hand may be from the full one."""

ENTRY = re.compile(r"(?P<vector>[^_∂]+)_(?P<index>\d+)(?P<layer>\^\(\d+\))?")
"""The name of an entry: that of its vector with an index."""

Rows = tuple[tuple[Known, ...], ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """How a quantity is worked out: a tree, and which entry of it."""

    node: Node
    entry: tuple[int, int] | None


@dataclass(slots=True)
class Knowledge:
    """Values by name. During a difference check a second layer holds the shifted values."""

    carry: str
    mode: str
    numerator: bool = False
    """Whether the derivative by a matrix has the shape of its transpose, as pages in numerator layout say."""

    values: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    shifted: dict[str, list[Known]] | None = None
    shifted_before: list[dict[str, list[Known]]] = field(default_factory=list)
    """The shifted values of earlier steps of the same check."""

    restated: dict[str, list[Known]] = field(default_factory=dict)
    """What difference checks have stated in full of quantities that they did not move."""

    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    members: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    formulas: dict[str, list[Formula]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, tuple[str, Node]] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    """Letters that stand for several functions, one after the other."""

    activations: list[Activation] = field(default_factory=list)
    """What a letter for "the activation function of the neuron" means, by the neuron's pre-activation."""

    applied: dict[str, Fraction] = field(default_factory=dict)
    """Where printed values carry: numbers that stand in the places of functions of quantities."""

    suggested: dict[str, list[Formula]] = field(default_factory=lambda: defaultdict(list))
    """Formulas that stand on the page without numbers."""

    tied: dict[str, str] = field(default_factory=dict)
    """Other names of the same quantity: those of parameters, for names that stand elsewhere for them."""

    derived: set[str] = field(default_factory=set)
    initial: set[str] = field(default_factory=set)
    states_given: bool = False
    """Whether the page states the numbers it was given before it works with them."""

    stated: set[str] = field(default_factory=set)
    """Quantities whose values stand behind :=, whatever their formulas give."""

    in_check: bool = False
    """Whether the text has announced a difference check, which has digits of its own."""

    full: Callable[[str], Real | None] = lambda key: None
    """Gives a quantity without any rounding, where that can be worked out."""

    step: Fraction = Fraction(1, 1000)
    """The largest step of a difference check on the page."""

    # Values of single quantities.

    def prints(self, key: str) -> list[Known]:
        """Return the values of a quantity in the scope of the moment, the fullest last."""
        found: list[Known] = []
        for layer in (self.values,) if self.shifted is None else (self.values, self.restated, self.shifted):
            known = layer.get(key)
            if known:
                found = known
        return sorted(found, key=lambda each: (each.digits is not None, each.digits.decimals if each.digits else 0))

    def conflict(self, key: str, value: Known, near_quotient: bool = False, explained: bool = False) -> str | None:
        """Return what this value of a quantity contradicts: empty if nothing, None if nothing is known yet.

        In a difference check a quantity that is worked out again (`explained`) may be that after another step.
        """
        scopes = (self.shifted, *self.shifted_before, self.values)
        layers = [layer for layer in scopes if layer is not None and layer.get(key)]
        if not layers:
            return None
        for layer in layers:
            carry = self.carry if layer is self.values else "exact"
            fits = [agree(each, value, carry, self.mode) for each in layer[key]]
            if all(fits) or (any(fits) and layer is not self.values):
                if layer is self.values and len(layers) > 1 and not self.is_in_full(key, value):
                    continue
                return ""
        first = layers[0][key][0]
        if self.shifted is not None and (key not in self.shifted or explained) and self.is_shifted(key, first, value):
            return ""
        if self.has_own_digits(key, first, value, near_quotient):
            return ""
        return f"{key} is {value} here, but {first} elsewhere"

    def has_own_digits(self, key: str, known: Known, value: Known, near_quotient: bool) -> bool:
        """Whether a value is one that a difference check states in full, and not the one that was carried by hand."""
        if self.carry == "exact":
            return False
        full = self.full(key) if self.in_check else None
        if full is not None:
            return value.digits is None or rounds(full, value.digits, self.mode)
        return self.is_near(known, value) and (self.in_check or (near_quotient and self.is_fuller(known, value)))

    def is_in_full(self, key: str, value: Known) -> bool:
        """Whether a value within a difference check may be that before the step: all its digits have to be right."""
        full = self.full(key)
        return full is None or value.digits is None or rounds(full, value.digits, self.mode)

    def is_shifted(self, key: str, known: Known, value: Known) -> bool:
        """Whether a value may be that of a quantity after a small step, or its value in full."""
        full = self.full(key)
        if full is None:
            return self.is_near(known, value)
        if value.digits is not None and rounds(full, value.digits, self.mode):
            return True
        gap = abs(real(value.value) - real(full))
        return bool(gap <= real(STEEP * self.step) * max(mp.mpf(1), abs(real(full))))

    def is_near(self, known: Known, value: Known) -> bool:
        gap, size = abs(real(value.value) - real(known.value)), abs(real(known.value))
        unit = mp.mpf(10) ** -(known.digits.decimals if known.digits is not None else 99)
        return bool(gap <= max(NEARBY * size, NEARBY**2, MANY * unit))

    def is_fuller(self, known: Known, value: Known) -> bool:
        if known.digits is None or value.digits is None:
            return False
        return value.digits.decimals >= known.digits.decimals + RESTATED

    def record(self, key: str, value: Known, near_quotient: bool = False, explained: bool = False) -> str | None:
        """Note a value of a quantity; return as `conflict`."""
        conflict = self.conflict(key, value, near_quotient, explained)
        if conflict:
            assigned = self.values.get(key + NEW, [])
            return "" if any(agree(each, value, self.carry, self.mode) for each in assigned) else conflict
        base = self.values.get(key, [])
        if self.shifted is not None:
            self.shifted.setdefault(key, []).append(value)
        elif any(self.has_own_digits(key, each, value, near_quotient) for each in base if each.value != value.value):
            self.shifted = {key: [value]}
        else:
            self.values[key].append(value)
        return conflict

    # Matrices: entry (i, j) of W is the quantity W⟨i,j⟩, or whatever name the page gives that entry.

    def entry_keys(self, key: str) -> tuple[tuple[str, ...], ...] | None:
        if key in self.members:
            return self.members[key]
        if key not in self.shapes:
            return None
        height, width = self.shapes[key]
        if 1 in (height, width):
            keys = [f"{key}⟨{i}⟩" for i in range(height * width)]
            return (tuple(keys),) if height == 1 else tuple((each,) for each in keys)
        return tuple(tuple(f"{key}⟨{i},{j}⟩" for j in range(width)) for i in range(height))

    def is_worked_out_whole(self, key: str) -> bool:
        """Whether the page has a formula for a vector, but no names for its entries."""
        return key in self.shapes and key not in self.members and bool(self.formulas.get(key))

    def place_in_vector(self, key: str) -> tuple[str, int] | None:
        """Return the vector that a name with an index is an entry of, and where: a_2^(1) is the second of a^(1)."""
        name = ENTRY.fullmatch(key)
        if name is None or key in self.shapes or key in self.members:
            return None
        vector, index = name["vector"] + (name["layer"] or ""), int(name["index"]) - 1
        if not self.is_worked_out_whole(vector) or not 0 <= index < max(self.shapes[vector]):
            return None
        return vector, index

    def shape(self, key: str, shape: tuple[int, int]) -> bool:
        """Note the shape of a matrix; whether it fits what is known (a row may come back as a column)."""
        keys = self.entry_keys(key)
        if keys is not None and (len(keys), len(keys[0])) != shape:
            if (len(keys[0]), len(keys)) != shape or 1 not in shape:
                return False
            if key in self.members:
                self.members[key] = tuple(zip(*keys, strict=True))
        self.shapes[key] = shape
        return True

    def name_entries(self, key: str, keys: tuple[tuple[str, ...], ...]) -> None:
        """Note the names of a matrix's entries; values known by place move to them."""
        before = self.entry_keys(key)
        if key in self.members and before is not None and before != keys:
            return
        self.members[key] = keys
        if before is None or before == keys or (len(before), len(before[0])) != (len(keys), len(keys[0])):
            return
        for old, new in zip(before, keys, strict=True):
            for one, two in zip(old, new, strict=True):
                self.values[two] += [
                    each for each in self.values.pop(one, []) if self.conflict(two, each) in (None, "")
                ]

    def settle(self, agrees: Callable[[str, Formula], bool | None]) -> None:
        """Take over the formulas without numbers that fit the values printed elsewhere; `agrees` says whether one does.

        A general formula may use the letters of the network for something else, so one that does not fit is left out;
        but the rule for a new value, and where exact values carry the only formula of an indexed name, is no such thing.
        """
        fresh = {
            key: [each for each in formulas if each not in self.formulas.get(key, [])]
            for key, formulas in self.suggested.items()
        }
        unvalued = [key for key in fresh if self.best(key) is None and self.entry_keys(key) is None]
        for key in unvalued:
            if len({each.node.text for each in fresh[key]}) == 1 and key not in self.formulas:
                self.formulas[key].append(fresh[key][0])
                self.derived.add(key)
        for key in [key for key in fresh if key not in unvalued]:
            for formula in fresh[key]:
                fits = agrees(key, formula)
                alone = len({each.node.text for each in fresh[key]}) == 1 and not self.formulas.get(key)
                new = key.endswith(("'", "+", NEW))
                indexed = self.carry == "exact" and "_" in key and key[-1].isdigit()
                if fits or (alone and (fits is None or new or indexed)):
                    self.formulas[key].append(formula)
                if fits is not False or formula in self.formulas.get(key, []):
                    self.derived.add(key)

    # Values for evaluation.

    def lasting_bodies(self) -> dict[str, tuple[str, Node]]:
        """Return the functions that mean the same on all of the page."""
        return {name: body for name, body in self.bodies.items() if name.rstrip("'") not in self.ambiguous}

    def is_given(self, key: str) -> bool:
        """Whether a quantity was given from the start, so that its digits are all of it; a derivative is worked out."""
        if key in self.stated:
            return True
        if key.startswith("∂"):
            return False
        return key in self.initial and key not in self.derived and self.place_in_vector(key) is None

    def is_among_given(self, digits: Digits) -> bool:
        """Whether a number is one that the page was given, under whatever name; some pages only put them in."""
        given = [each.digits for key in self.initial for each in self.values.get(key, ())]
        return digits.decimals <= 0 or not self.states_given or digits in given

    def best(self, key: str) -> Known | None:
        found = self.prints(key)
        return found[-1] if found else None

    def rows(self, key: str) -> Rows | None:
        """Return the entries of a matrix, if all of them have values."""
        keys = self.entry_keys(key)
        if keys is None:
            return None
        rows = tuple(tuple(self.best(each) for each in row) for row in keys)
        if any(each is None for row in rows for each in row):
            return None
        return rows  # type: ignore[return-value]

    def lookup(self, key: str, ranges: bool, before: Knowledge | None = None, wide: bool = False) -> Any:
        """Return the value of a quantity as a number, an interval, or an array of them."""
        for source in (self, before):
            if source is None:
                continue
            known = source.best(key)
            if known is not None:
                return self.number(key, known, ranges, before, wide)
            rows = source.rows(key)
            if rows is not None:
                keys = source.entry_keys(key)
                assert keys is not None
                return Array(
                    tuple(
                        tuple(
                            self.number(name, each, ranges, before, wide) for name, each in zip(names, row, strict=True)
                        )
                        for names, row in zip(keys, rows, strict=True)
                    )
                )
        raise Unknown(key)

    def number(self, key: str, known: Known, ranges: bool, before: Knowledge | None, wide: bool) -> Any:
        if not ranges or (before or self).is_given(key):
            return known.value
        if wide and known.digits is not None and known.digits.decimals > 0:
            return spread(known.digits, self.mode)
        if self.carry == "printed" and self.shifted is None:
            return known.value
        return known.range(self.mode)
