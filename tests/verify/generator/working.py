"""A person at work: step after step, with a way to round, what is carried on, and perhaps mistakes on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.verify.generator.expressions import (
    Grid,
    Negative,
    Node,
    Number,
    Ref,
    Sum,
    Table,
    children,
    compute,
    is_simple,
    with_children,
)
from tests.verify.generator.numbers import Bounds, Digits, Interval, exactly
from tests.verify.generator.rounding import Convention, behind, last_place
from tests.verify.generator.textbook import Forms, Step, resolved

Look = Callable[[str], Any]
Spelling = Callable[[str], str]
BACKWARD = ("gradient", "local", "delta", "updated", "D", "GW", "GB", "UW", "UB")


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody rounds and carries on."""

    forward: Convention
    backward: Convention
    carries_printed: bool
    evaluates: bool  # brackets and functions are worked out on a line of their own before the result
    coarse: str  # the key of one step that is rounded more coarsely than all others, or nothing

    def convention(self, key: str) -> Convention:
        found = self.backward if key.partition(".")[0] in BACKWARD else self.forward
        return Convention(2, True, found.mode, found.zeros) if key == self.coarse else found


@dataclass(frozen=True, slots=True)
class Change:
    """What a mistake does to one step."""

    symbols: Forms | None = None
    numbers: Node | None = None  # the formula into which numbers are put; as the symbols say, if nothing else is said
    operands: Mapping[str, Spelling] = field(default_factory=dict)  # misprints among the numbers put in
    computed: bool = True  # whether the result is that of the numbers as they stand
    results: Mapping[str, Spelling] = field(default_factory=dict)  # misprints of the result
    carried: bool = True  # whether later steps use the misprint


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake: its kind, and the steps that it changes."""

    kind: str
    changes: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Record:
    """One step as it was taken."""

    step: Step
    kind: str
    change: Change | None
    symbols: Forms
    numbers: Node
    shown: Mapping[str, str]  # the text of every quantity when this step was written, misprints included
    evaluated: Node | None
    results: Mapping[str, str]
    carried: Mapping[str, str]  # the results as later steps use them
    page: Mapping[str, Interval]  # what the right formula gives for the numbers on the page
    says: Mapping[str, Interval]  # what the numbers give that were put in
    evaluated_says: Mapping[str, Interval]  # what its worked out parts give
    honest: Mapping[str, Interval]  # where an honest person may end up


Grids = Mapping[str, tuple[tuple[str, ...], ...]]


def work(
    steps: Sequence[Step], given: Mapping[str, str], grids: Grids, habits: Habits, faults: Sequence[Fault] = ()
) -> list[Record]:
    """Take all steps, with these mistakes; `grids` are the matrices of the given numbers."""
    changes = {key: (fault.kind, change) for fault in faults for key, change in fault.changes.items()}
    with exactly():
        desk = _Desk(given, grids, habits)
        return [desk.take(step, *changes.get(step.key, ("", None))) for step in steps]


class _Desk:
    """The numbers that somebody has in front of them: as written, as carried on, and as they may be at best."""

    def __init__(self, given: Mapping[str, str], grids: Grids, habits: Habits) -> None:
        self.habits, self.given = habits, given
        self.texts = dict(given)
        self.values = {key: Digits.number(text) for key, text in given.items()}
        self.honest = {key: Bounds.number(text) for key, text in given.items()}
        self.grids = dict(grids)

    def take(self, step: Step, kind: str, change: Change | None) -> Record:
        self.grids[step.key] = step.entries
        convention, right, plan = self.habits.convention(step.key), step.forms[-1], change or Change()
        symbols = plan.symbols or step.forms
        numbers = plan.numbers or (symbols[-1] if plan.computed else right)
        shown = self.texts | {key: misprint(self.texts[key]) for key, misprint in plan.operands.items()}
        slips = {key: Digits.number(shown[key]) for key in plan.operands} if plan.computed else {}
        look = self.looking(self.values | slips)
        calculated = numbers if plan.computed else right
        evaluated = self.evaluated(calculated, look, convention)
        rounded_first = evaluated is not None and self.habits.carries_printed
        found = _by_entry(step, compute(evaluated if rounded_first else calculated, look, Digits))
        results = self.finish(found, plan, convention)
        carried = {id: self.texts[id] for id in results}
        at_right = self.evaluated(right, self.looking(self.values), convention)
        page = _by_entry(step, self.enclosed(right, at_right, self.looking(self.texts, self.printed)))
        honest = _by_entry(step, self.enclosed(right, at_right, self.looking(self.honest)))
        for id, bounds in honest.items():
            self.honest[id] = honest[id] = bounds.wider(last_place(convention.write(found[id])))
        on_page = self.looking(shown, self.printed)
        says = _by_entry(step, compute(numbers, on_page, Bounds))
        worked = says
        if evaluated is not None:
            worked = _by_entry(step, compute(evaluated, on_page, _Rounded))
        return Record(
            step, kind, change, symbols, numbers, shown, evaluated, results, carried, page, says, worked, honest
        )

    def finish(self, found: Mapping[str, Any], plan: Change, convention: Convention) -> dict[str, str]:
        """Write the results, and take down what is carried on."""
        results = {}
        for id, value in found.items():
            text = convention.write(value)
            results[id] = plan.results[id](text) if id in plan.results else text
            self.texts[id] = results[id] if plan.carried else text
            as_printed = self.habits.carries_printed or self.texts[id] != text
            self.values[id] = Digits.number(self.texts[id]) if as_printed else value
        return results

    def evaluated(self, form: Node, look: Look, convention: Convention) -> Node | None:
        """Return a formula with its parts worked out and rounded; nothing if it has none, or the person does not do so."""
        if not self.habits.evaluates or all(map(is_simple, children(form))):
            return None
        worked = [p if is_simple(p) else _written(compute(p, look, Digits), convention) for p in children(form)]
        if isinstance(form, Sum):
            worked[1:] = [_with_sign_in_front(part) for part in worked[1:]]
        return with_children(form, tuple(worked))

    def enclosed(self, form: Node, evaluated: Node | None, look: Look) -> Any:
        """Enclose a formula; parts that are worked out first are rounded by themselves."""
        if evaluated is None:
            return compute(form, look, Bounds)
        names, bounds = [], {}
        for part, text in zip(children(form), children(evaluated), strict=True):
            names.append(part if is_simple(part) else Ref(f"#{len(names)}"))
            if not is_simple(part):
                bounds[f"#{len(names) - 1}"] = _wider(compute(part, look, Bounds), text)
        return compute(
            with_children(form, tuple(names)), lambda key: bounds[key] if key in bounds else look(key), Bounds
        )

    def printed(self, id: str, text: str) -> Interval:
        """Return what may stand behind the text of a quantity."""
        return Bounds.number(text) if id in self.given else behind(text)

    def looking(self, values: Mapping[str, Any], read: Callable[[str, Any], Any] | None = None) -> Look:
        """Return a look-up that knows matrices and local derivatives too, and reads what it finds."""

        def entry(id: str) -> Any:
            return read(id, values[id]) if read else values[id]

        def look(key: str) -> Any:
            id = resolved(key)
            return entry(id) if id in values else Grid([[entry(id) for id in row] for row in self.grids[key]])

        return look


class _Rounded(Bounds):
    """Bounds for a formula whose numbers have been rounded."""

    @staticmethod
    def number(text: str) -> Interval:
        return behind(text) if "." in text else Bounds.number(text)


def _written(value: Any, convention: Convention) -> Node:
    if isinstance(value, Grid):
        return Table(tuple(tuple(convention.write(entry) for entry in row) for row in value.rows))
    return Number(convention.write(value))


def _with_sign_in_front(term: Node) -> Node:
    """Return a term that is subtracted rather than negative."""
    negative = isinstance(term, Number) and term.text.startswith("-")
    return Negative(Number(term.text[1:])) if negative and isinstance(term, Number) else term


def _wider(value: Any, text: Node) -> Any:
    """Return bounds wider by one place of what was written."""
    text = text.of if isinstance(text, Negative) else text
    if isinstance(value, Grid) and isinstance(text, Table):
        pairs = zip(value.rows, text.rows, strict=True)
        return Grid([[one.wider(last_place(t)) for one, t in zip(*pair, strict=True)] for pair in pairs])
    return value.wider(last_place(text.text)) if isinstance(text, Number) else value


def _by_entry(step: Step, value: Any) -> dict[str, Any]:
    if not isinstance(value, Grid):
        return {step.entries[0][0]: value}
    rows = zip(step.entries, value.rows, strict=True)
    return {id: one for ids, row in rows for id, one in zip(ids, row, strict=True)}
