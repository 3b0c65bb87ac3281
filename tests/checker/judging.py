"""Judges every relation of a page: does it hold with the digits that stand there, and does the page agree with itself?

A link holds if it is exactly true between numbers, if an expression worked out from its printed digits rounds to the
number behind it, or if two expressions both round to the number that ends their chain. Where a side has names, the
values that the page prints for them take their places. Nothing is skipped: what cannot be judged is reported as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from mpmath import mp, mpf

from tests.checker import differences
from tests.checker.aligning import Alignment, Check, align, bare
from tests.checker.arithmetic import (
    RULES,
    Array,
    Evaluator,
    Interval,
    Misfit,
    Mismatch,
    Unknown,
    compare,
    interval,
    nothing,
    real,
    same,
    scalar,
)
from tests.checker.full import InFull
from tests.checker.knowing import NEW, Formula, Knowledge
from tests.checker.reading import Chain, Page, read_page
from tests.checker.rounding import MODES, Known, agree, rounds, spread
from tests.checker.tree import (
    Brace,
    Call,
    Digits,
    Formal,
    Matrix,
    Name,
    Neg,
    Node,
    Num,
    Transpose,
    is_closed,
    is_numeric,
    is_printed,
    is_written_out,
    literal,
    names,
    numbers,
    walk,
)

CLOSE = mpf("1e-4")
"""How far, relatively, a difference quotient may be from the derivative that it is compared with."""

CLOSE_BY_HAND = mpf("2e-2")
"""The same where the derivative was worked out from rounded values."""

SAMPLE_POINTS = (Fraction(1, 3), Fraction(-2, 7), Fraction(5, 2))

QUESTIONS = ("<", ">", "≤", "≥", "≠")
SILENT = ("~", "∈", "∝", "⇒")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one relation.

    ``holds``, ``fails``, ``contradicts`` (a value differs from the one printed elsewhere), ``symbolic``, ``definition``
    (the first print of a given value, or of a function) or ``unjudged``.
    """

    kind: str
    line: int
    place: str
    reason: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.place}" + (f": {self.reason}" if self.reason else "")


@dataclass(slots=True)
class Report:
    """The findings of one page."""

    verdicts: list[Verdict] = field(default_factory=list)
    unreadable: list[Verdict] = field(default_factory=list)
    substitutions: int = 0
    table_cells: int = 0
    unbound_cells: list[Verdict] = field(default_factory=list)
    unexplained: list[Verdict] = field(default_factory=list)
    """Decimals in running text that stand nowhere else on the page: no failures, but worth a look."""

    rounded_equals: list[Verdict] = field(default_factory=list)
    """Signs = between a working and a number that it only rounds to; where exact values carry, they should be ≈."""

    evidence: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By the place of a number: what would contradict another number there, and down to which decimal."""

    def pin(self, number: Num | Known, reason: str, by: int | None = None) -> None:
        """Note that something contradicts another number here; it has `by` decimals itself (None: as many as needed)."""
        at, decimals = (number.start, number.decimals) if isinstance(number, Num) else (number.at, decimals_of(number))
        if at >= 0:
            limit = decimals if by is None or by >= decimals else by - 1
            self.evidence[at][reason] = max(limit, self.evidence[at].get(reason, limit))

    def of(self, kind: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind == kind]

    @property
    def held(self) -> int:
        return len(self.of("holds"))

    @property
    def judged(self) -> int:
        return self.held + len(self.of("fails")) + len(self.contradictions)

    @property
    def contradictions(self) -> list[Verdict]:
        return self.of("contradicts")

    @property
    def failed(self) -> list[Verdict]:
        """Everything wrong: links that fail, contradictions, and what could not be read."""
        return self.of("fails") + self.contradictions + self.unreadable

    @property
    def symbolic(self) -> int:
        return len(self.of("symbolic"))

    @property
    def definitions(self) -> int:
        return len(self.of("definition"))

    @property
    def with_number_unjudged(self) -> list[Verdict]:
        return self.of("unjudged")

    @property
    def share_judged(self) -> float:
        """The share of the relations with a number that were judged."""
        whole = self.judged + len(self.with_number_unjudged)
        return self.judged / whole if whole else 1.0

    def __str__(self) -> str:
        lines = [
            f"judged {self.judged}, held {self.held}, failed {len(self.failed)}, symbolic {self.symbolic}, "
            f"definitions {self.definitions}, with a number but unjudged {len(self.with_number_unjudged)}, "
            f"contradictions {len(self.contradictions)}, unreadable {len(self.unreadable)}, "
            f"substitutions checked {self.substitutions}, table cells {self.table_cells} "
            f"({len(self.unbound_cells)} unbound)"
        ]
        lines += [f"  {verdict.kind} {verdict}" for verdict in self.failed]
        lines += [f"  unjudged {verdict}" for verdict in self.with_number_unjudged]
        return "\n".join(lines)


def check_page(markdown: str, rounding: str = "half-up", carry: str = "exact") -> Report:
    """Check a page that rounds and carries as stated.

    Raises
    ------
    ValueError
        If `rounding` is none of half-up, half-even, truncate, or `carry` neither exact nor printed.
    """
    if rounding not in MODES or carry not in ("exact", "printed"):
        raise ValueError(f"rounding {rounding!r} or carry {carry!r} is unknown")
    page = read_page(markdown)
    first = Judge(page, Knowledge(carry, rounding), None)
    first.read_through()
    first.attempt(lambda: first.knowledge.settle(first.agrees), 0)
    second = Judge(page, Knowledge(carry, rounding), first.knowledge)
    second.read_through()
    second.attempt(lambda: second.knowledge.settle(second.agrees), 0)
    second.attempt(second.recompute, 0)
    return second.report


class Judge:
    """Reads a page from top to bottom; `before` is what a first reading found, for names that are explained later."""

    def __init__(self, page: Page, knowledge: Knowledge, before: Knowledge | None) -> None:
        self.page = page
        self.knowledge = knowledge
        self.before = before
        self.in_full = InFull(before) if before is not None else None
        self.report = Report()
        knowledge.full = self.full_value
        knowledge.step = max(page.shifts, default=knowledge.step)
        self.steps: list[Num] = []
        self.remembered: dict[str, list[Node]] = defaultdict(list)
        self.laid: set[int] = set()
        self.values_bound: dict[int, str | None] = {}
        self.near_quotient = False
        self.check_end = 0
        self.above: Chain | None = None
        self.operands: list[tuple[str, Known]] = []
        self.restatements: list[tuple[str, Known]] = []
        self.shifted_name = ""
        self.own_call = ""
        self.is_shifting = False
        self.section = 0
        self.worked_out = False
        self.last_quotients = {
            chain.section: index
            for index, chain in enumerate(page.chains)
            if any(differences.is_quotient(side) for side in chain.sides)
        }
        for problem in page.problems:
            self.report.unreadable.append(
                Verdict("unreadable", page.line(problem.at), page.source[problem.at : problem.at + 40], problem.message)
            )

    def read_through(self) -> None:
        from tests.checker.tables import judge_table

        index = -1
        for item in self.page.items:
            if isinstance(item, Chain):
                index += 1
                self.near_quotient = index < self.last_quotients.get(item.section, -1)
                self.knowledge.in_check = any(
                    self.check_end < mark < item.places[0] for mark in self.page.marks(item.section)
                )
                self.attempt(lambda chain=item: self.judge(chain), item.places[0])
            else:
                self.attempt(lambda table=item: judge_table(self, table), item.header[0].at if item.header else 0)
        there = {abs(number.value) for chain in self.page.chains for side in chain.sides for number in numbers(side)}
        for number in self.page.loose:
            if abs(number.value) not in there:
                self.report.unexplained.append(Verdict("unexplained", self.page.line(number.start), number.digits))

    def attempt(self, work: Callable[[], None], place: int) -> None:
        """Judge something; what the checker itself stumbles over is reported as unreadable, never passed over."""
        try:
            work()
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            at = self.page.source[place : place + 40]
            self.report.unreadable.append(Verdict("unreadable", self.page.line(place), at, words))

    def full_value(self, key: str) -> Any:
        """Return a quantity without any rounding, or None."""
        try:
            value = self.in_full.exactly(key) if self.in_full is not None else None
        except Unknown:
            return None
        return None if isinstance(value, Array) else value

    # Evaluation.

    def evaluate(self, node: Node, ranges: bool = False, wide: bool = False) -> Any:
        """Work a tree out at the page's values: as points, as what they may be, or as `wide` as their digits leave open."""
        before = self.before

        def lookup(key: str) -> Any:
            if key == self.own_call:
                raise Unknown(key)  # the chain that prints f'(z) is judged by what f' makes of z
            return self.knowledge.lookup(key, ranges, before, wide)

        bodies = before.lasting_bodies() if before else {}
        bodies.update(self.knowledge.bodies)
        activations = before.activations if before else ()
        return Evaluator(lookup, bodies, activations).value(node)

    # One chain.

    def judge(self, chain: Chain) -> None:
        if chain.section != self.section:
            self.section = chain.section
            self.end_shift()
        self.begin_shift(chain)
        self.own_call = chain.sides[0].text if isinstance(chain.sides[0], Call) else ""
        if self.is_function(chain):
            for place in chain.places:
                self.note("definition", place)
            return
        quotient = any(differences.is_quotient(side) for side in chain.sides)
        bound = {} if chain.generic or quotient else self.bind(chain)
        self.values_bound = bound
        self.laid = set()
        conflicts = sum(1 for conflict in bound.values() if conflict)
        before = len(self.report.contradictions)
        for index, (sign, place) in enumerate(zip(chain.signs, chain.places, strict=True)):
            kind, reason = self.link(chain, index, sign, bound, quotient)
            self.note(kind, place, reason)
        if conflicts and len(self.report.contradictions) == before:
            self.note("contradicts", chain.places[0], "; ".join(conflict for conflict in bound.values() if conflict))
        for side in chain.sides:
            self.braces(side)
        self.bind_call(chain)
        self.remember(chain)
        if quotient:
            self.compare_steps(chain)
            self.end_shift()
            self.check_end = chain.places[-1]

    def note(self, kind: str, place: int, reason: str = "") -> None:
        start = max(self.page.source.rfind("\n", 0, place) + 1, place - 60)
        words = " ".join(self.page.source[start : place + 40].split())
        self.report.verdicts.append(Verdict(kind, self.page.line(place), words, reason))

    def begin_shift(self, chain: Chain) -> None:
        for side in chain.sides:
            moved = differences.shifted(side, self.page.shifts)
            if moved is not None:
                if isinstance(moved, Name):
                    self.shifted_name = moved.key
                if self.is_shifting and self.knowledge.shifted:
                    self.knowledge.shifted_before.append(self.knowledge.shifted)
                self.knowledge.shifted = {}
                self.is_shifting = True
                self.steps = [step for each in chain.sides for step in differences.added(each, self.page.shifts)]
                return

    def compare_steps(self, chain: Chain) -> None:
        """Judge what a difference is divided by against the step that was taken."""
        for side in chain.sides:
            for size in differences.sizes_of(side):
                taken = {abs(step.value) for step in self.steps}
                if taken and size.value not in taken | {2 * step for step in taken} | {1, 2}:
                    self.note("fails", size.start, f"the step was {', '.join(step.digits for step in self.steps)}")
                elif taken:
                    for number in (size, *self.steps):
                        self.report.pin(number, "step")

    def end_shift(self) -> None:
        self.knowledge.shifted = None
        self.knowledge.shifted_before.clear()
        self.is_shifting = False
        self.steps = []

    def is_function(self, chain: Chain) -> bool:
        """Note a definition ``f(x) = …`` and say whether the chain is one."""
        left = chain.sides[0]
        if isinstance(left, Name) and left.of.endswith(")") and "(" in left.of:  # df(x)/dx
            function, parameter = left.of[:-1].split("(", 1)
            function, of_parameter = f"{function}'", parameter == left.by
        elif isinstance(left, Call) and len(left.arguments) == 1 and isinstance(left.arguments[0], Name):
            function, parameter, of_parameter = left.function + "'" * left.primes, left.arguments[0].key, True
        else:
            return False
        if not of_parameter or not (len(parameter) == 1 or parameter.startswith("\\")) or "_" in parameter:
            return False
        bodies = [side for side in chain.sides[1:] if {name.key for name in names(side)} <= {parameter}]
        bodies = [body for body in bodies if not any(isinstance(each, Formal) for each in walk(body))]
        if not bodies:
            return False
        if chain.titled:
            self.knowledge.bodies[chain.titled] = (parameter, bodies[0])
            return True
        known = self.knowledge.bodies.get(function, (parameter, bodies[0]))
        if not self.same_function(known, (parameter, bodies[0])):
            self.knowledge.ambiguous.add(function.rstrip("'"))
        self.knowledge.bodies[function] = (parameter, bodies[0])
        return True

    def same_function(self, one: tuple[str, Node], two: tuple[str, Node]) -> bool:
        """Whether two bodies give the same values at a few points; a page may call different functions by one letter."""
        evaluator = Evaluator(nothing, {})
        try:
            return all(
                same(evaluator.apply_body(one, point), evaluator.apply_body(two, point)) for point in SAMPLE_POINTS
            )
        except Unknown:
            return one == two

    # Values of names.

    def targets(self, node: Node) -> tuple[tuple[str, ...], ...] | None:
        """Return the names that a side is made of, if it is a name or a matrix of names."""
        node = bare(node)
        if isinstance(node, Name):
            return ((node.key,),)
        if isinstance(node, Call) and is_closed(node) and not self.has_meaning(node):
            return ((node.text,),)
        if isinstance(node, Transpose) and (inner := self.targets(node.operand)) is not None:
            return tuple(zip(*inner, strict=True))
        if isinstance(node, Matrix):
            entries = [[self.targets(entry) for entry in row] for row in node.rows]
            if all(entry is not None and len(entry) == len(entry[0]) == 1 for row in entries for entry in row):
                return tuple(tuple(entry[0][0] for entry in row if entry) for row in entries)
        return None

    def has_meaning(self, call: Call) -> bool:
        known = self.knowledge.bodies | (self.before.bodies if self.before else {})
        return (
            call.function in RULES
            or call.function in ("max", "min", "abs", "norm", "softmax")
            or call.function + "'" * call.primes in known
            or any(call.function == each.letter for each in (self.before or self.knowledge).activations)
        )

    def bind(self, chain: Chain) -> dict[int, str | None]:
        """Give every name in the chain the value that the chain ends in; return what that contradicts, by side."""
        found: dict[int, str | None] = {}
        worked = any(is_numeric(side) and not is_printed(side) for side in chain.sides)
        lists = {i: t for i, side in enumerate(chain.sides) if (t := self.targets(side)) is not None}
        for index, keys in lists.items():
            for other, other_keys in lists.items():
                single = isinstance(bare(chain.sides[index]), Name)
                if (
                    other != index
                    and single
                    and isinstance(bare(chain.sides[other]), Matrix)
                    and chain.signs[0] not in SILENT
                ):
                    self.knowledge.name_entries(keys[0][0], other_keys)
            source = self.source(chain, index)
            if source is None:
                continue
            place, node = source
            sign = chain.signs[place - 1] if place > index else chain.signs[place]
            if sign in SILENT or sign in QUESTIONS:
                continue
            moved = "←" in chain.signs[: index + 1] or (chain.signs[0] == "←" and index == 0)
            if chain.signs[0] == "→" and not keys[0][0].endswith(("'", "+", NEW)):
                continue
            if index and moved:
                continue  # w ← w − …: the value is that of the new w
            suffix = NEW if moved and not keys[0][0].endswith(("'", "+")) else ""
            explained = any(
                is_numeric(side) and not is_printed(side) if is_closed(side) else self.targets(side) is None
                for side in chain.sides[index + 1 :]
            )
            found[index] = self.bind_side(keys, node, suffix, sign, explained, chain, place)
        if worked:
            self.worked_out = True
        return found

    def bind_call(self, chain: Chain) -> None:
        """Note the value of ``f'(z)`` where it is printed as a quantity of its own, and carried as printed."""
        first, source = chain.sides[0], self.source(chain, 0)
        if (
            self.knowledge.carry == "exact"
            or source is None
            or not isinstance(first, Call)
            or self.targets(first) is not None
        ):
            return
        if all(isinstance(argument, Name) for argument in first.arguments) and chain.signs[0] in ("=", "≈"):
            conflict = self.bind_side(((first.text,),), source[1], "", chain.signs[0], True, chain, source[0])
            if conflict:
                self.note("contradicts", chain.places[0], conflict)

    def source(self, chain: Chain, index: int) -> tuple[int, Node] | None:
        """Return the side that says what value the side at `index` has: a number behind it, or before it."""
        after = [i for i in range(index + 1, len(chain.sides)) if is_printed(chain.sides[i])]
        ends = next((i for i in range(index, len(chain.signs)) if chain.signs[i] in QUESTIONS), len(chain.sides))
        after = [i for i in after if i <= ends]
        ahead = [i for i in range(index) if is_printed(chain.sides[i])]
        closed = [i for i in range(len(chain.sides)) if is_numeric(chain.sides[i]) and i <= ends]
        for places in (after[:1], ahead[-1:], closed[-1:]):
            if places:
                return places[0], chain.sides[places[0]]
        return None

    def bind_side(
        self,
        keys: tuple[tuple[str, ...], ...],
        node: Node,
        suffix: str,
        sign: str,
        explained: bool,
        chain: Chain,
        place: int,
    ) -> str | None:
        try:
            value = self.evaluate(node)
        except Unknown:
            return None
        entries = matrix_entries(node)
        if len(keys) == len(keys[0]) == 1 and isinstance(value, Array) and value.shape != (1, 1):
            key = keys[0][0] + suffix
            if not self.knowledge.shape(key, value.shape):
                return f"{key} has another shape elsewhere"
            keys, suffix = self.knowledge.entry_keys(key) or keys, ""
        rows = value.rows if isinstance(value, Array) else ((value,),)
        if (len(rows), len(rows[0])) != (len(keys), len(keys[0])):
            flat = [entry for row in rows for entry in row]
            if len(flat) != sum(len(row) for row in keys) or (1 not in (len(keys), len(keys[0]))):
                return f"{len(keys)} × {len(keys[0])} names, but {len(rows)} × {len(rows[0])} values"
            rows = (tuple(flat),) if len(keys) == 1 else tuple((entry,) for entry in flat)
        conflicts: list[str | None] = []
        flat_entries = [entry for row in entries for entry in row] if entries else []
        for position, (key, entry) in enumerate(
            (key, entry) for names_, row in zip(keys, rows, strict=True) for key, entry in zip(names_, row, strict=True)
        ):
            digits = literal(flat_entries[position]) if flat_entries else literal(node)
            number = next(numbers(flat_entries[position] if flat_entries else node), None)
            exact = self.is_exact(chain, place, position, digits, sign)
            known = Known(digits.value if digits else entry, digits, exact, number.start if number else -1)
            conflict = self.knowledge.record(key + suffix, known, self.near_quotient, explained)
            if (
                (self.near_quotient or self.knowledge.in_check)
                and not explained
                and self.knowledge.shifted is not None
                and not self.is_shifting
            ):
                self.restatements.append((key, known))
            self.trace(key + suffix, known)
            if explained:
                self.knowledge.derived.add(key + suffix)
            elif not self.worked_out:
                self.knowledge.initial.add(key + suffix)
            conflicts.append(conflict)
        faults = [conflict for conflict in conflicts if conflict]
        if faults:
            return "; ".join(faults)
        return "" if all(conflict == "" for conflict in conflicts) else None

    def is_exact(self, chain: Chain, place: int, position: int, digits: Digits | None, sign: str) -> bool:
        """Whether the digits are proved to be the whole value: an exact sign and a working that gives just them."""
        if digits is None or sign == "≈":
            return False
        if digits.decimals <= 0:
            return True
        for side in chain.sides[:place]:
            if is_numeric(side) and not is_printed(side):
                try:
                    value = self.evaluate(side)
                except Unknown:
                    continue
                entries = value.entries if isinstance(value, Array) else (value,)
                return position < len(entries) and same(entries[position], digits.value)
        return False

    def trace(self, key: str, known: Known) -> None:
        """Note that other prints of the same quantity would contradict another number at this place."""
        if self.before is None or known.at < 0:
            return
        shifted = self.knowledge.shifted
        prints = self.before.values.get(key, []) if shifted is None else shifted.get(key, [])
        for each in prints:
            if each.at != known.at and each.digits is not None:
                self.report.pin(known, f"value of {key}", decimals_of(each))
                self.report.pin(each, f"value of {key}", decimals_of(known))

    # One link.

    def link(
        self, chain: Chain, index: int, sign: str, bound: dict[int, str | None], quotient: bool
    ) -> tuple[str, str]:
        left_index, right_index = chain.lefts[index], index + 1
        left, right = chain.sides[left_index], chain.sides[right_index]
        if sign in SILENT:
            return "symbolic", ""
        if sign in QUESTIONS:
            return self.question(left, sign, right)
        left_closed, right_closed = is_numeric(left), is_numeric(right)
        if left_closed and right_closed:
            return self.numeric(chain, left_index, right_index, sign, quotient)
        if chain.generic:
            return "definition", ""
        if quotient:
            return self.quotient_link(chain, left, right)
        if right_closed:
            return self.numbers_behind(chain, left_index, right_index, sign, bound)
        if left_closed:
            if right_index in bound:
                return verdict_of(bound[right_index])
            return self.values_of(right, left, self.target(chain, right_index) or left, sign)
        if left_index in bound and bound[left_index] and index == 0:
            return verdict_of(bound[left_index])
        return self.formulas(chain, left_index, right_index, bound)

    def target(self, chain: Chain, index: int) -> Node | None:
        """Return the printed number that the chain comes to next."""
        behind = next((side for side in chain.sides[index:] if is_printed(side)), None)
        if behind is not None:
            return behind
        keys = self.targets(chain.sides[0])
        if keys is None or self.knowledge.shifted is not None:
            return None
        known = [(self.before or self.knowledge).best(key) for row in keys for key in row]
        if any(each is None or each.digits is None for each in known):
            return None
        flat = [spelled(each.digits) for each in known if each is not None and each.digits is not None]
        if len(flat) == 1:
            return flat[0]
        width = len(keys[0])
        return Matrix(tuple(tuple(flat[start : start + width]) for start in range(0, len(flat), width)))

    def numeric(self, chain: Chain, left_index: int, right_index: int, sign: str, quotient: bool) -> tuple[str, str]:
        left, right = chain.sides[left_index], chain.sides[right_index]
        try:
            fault = self.closed_fault(left, right, sign, self.target(chain, right_index), quotient)
        except Unknown as error:
            if self.targets(left) is not None:
                return "definition", ""
            return ("fails" if isinstance(error, Mismatch | Misfit) else "unjudged"), str(error)
        if not fault and not is_printed(right):
            found = align(left, right, self.check)
            if found is not None and found.faults and not self.is_equal(left, right):
                in_full = self.knowledge.carry == "exact" and self.substitution(chain, right_index) == ""
                if in_full and right_index in self.laid:
                    return "holds", ""  # part results are those of the values in full
                fault = "; ".join(pair.fault for pair in found.faults)
            elif found is not None:
                self.pin(found)
        if is_printed(right) and not is_printed(left):
            for number in numbers(right):
                self.report.pin(number, "result")
        elif sign == "≈" and is_printed(left) and is_printed(right):
            for number in numbers(right):
                certain = quotient and self.has_derivative()
                self.report.pin(
                    number, "rounded", None if certain else first_decimal(abs(number.value) * Fraction(1, 5000))
                )
        if fault:
            return "fails", fault
        if sign == "=" and is_printed(right) and not self.is_equal(left, right):
            words = self.page.source[chain.places[right_index - 1] : chain.places[right_index - 1] + 40]
            self.report.rounded_equals.append(Verdict("rounded", self.page.line(chain.places[right_index - 1]), words))
        for place in (left_index, right_index):
            if not is_printed(chain.sides[place]) and (reason := self.substitution(chain, place, self.check_loosely)):
                return "fails", reason
        return "holds", ""

    def is_equal(self, left: Node, right: Node) -> bool:
        one, two = self.evaluate(left), self.evaluate(right)
        if isinstance(one, Array) != isinstance(two, Array):
            return False
        if isinstance(one, Array):
            return one.shape == two.shape and all(same(a, b) for a, b in zip(one.entries, two.entries, strict=True))
        return same(one, two)

    def closed_fault(self, left: Node, right: Node, sign: str, target: Node | None, quotient: bool) -> str:
        """Say why a relation between two sides of numbers does not hold, or nothing."""
        one, two = flatten(self.evaluate(left)), flatten(self.evaluate(right))
        if one.shape != two.shape:
            if 1 in one.shape and one.shape == two.shape[::-1] and (one.listed or two.listed):
                two = two.transposed()
            else:
                return f"{one.shape[0]} × {one.shape[1]} entries against {two.shape[0]} × {two.shape[1]}"
        left_digits, right_digits = printed(left, one), printed(right, two)
        ends = printed(target, one) if target is not None else None
        for position, (a, b) in enumerate(zip(one.entries, two.entries, strict=True)):
            fault = self.entry_fault(
                a,
                b,
                left_digits[position] if left_digits else None,
                right_digits[position] if right_digits else None,
                ends[position] if ends else None,
                sign,
                quotient,
            )
            if fault:
                return fault
        return ""

    def entry_fault(
        self, a: Any, b: Any, left: Digits | None, right: Digits | None, end: Digits | None, sign: str, quotient: bool
    ) -> str:
        mode = self.knowledge.mode
        if left is not None and right is not None:
            if left.value == right.value:
                return ""
            if sign != "≈":
                return f"{left} is not {right}"
            if quotient and self.is_other_derivative(right):
                return f"{right} is not the derivative that was found"
            if rounds(left.value, right, mode):
                return ""
            if is_close(left.value, right.value, CLOSE) and (not quotient or self.is_derivative(right)):
                return ""
            return f"{left} does not round to {right}"
        if right is not None:
            return "" if rounds(a, right, mode) else f"the left side is {shown(a)}, which does not give {right}"
        if left is not None:
            return "" if rounds(b, left, mode) else f"the right side is {shown(b)}, which does not give {left}"
        if end is not None:
            for name, value in (("left", a), ("right", b)):
                if not rounds(value, end, mode):
                    return f"the {name} side is {shown(value)}, which does not give {end}"
            return ""
        return "" if same(a, b) else f"{shown(a)} is not {shown(b)}"

    def shifted_derivatives(self) -> list[Known]:
        """Return the derivatives on the page by the quantity that the last line shifted."""
        known = self.before or self.knowledge
        found = [key for key in known.values if key.startswith("∂") and key.endswith(f"/∂{self.shifted_name}")]
        return [each for key in found for each in known.values[key] if each.digits is not None]

    def is_other_derivative(self, digits: Digits) -> bool:
        """Whether the page has the derivative to as many decimals, and it is another one; values found by hand may differ."""
        alike = [each for each in self.shifted_derivatives() if decimals_of(each) >= digits.decimals]
        return self.knowledge.carry == "exact" and bool(alike) and not self.is_derivative(digits)

    def has_derivative(self) -> bool:
        return bool(self.shifted_derivatives())

    def is_derivative(self, digits: Digits) -> bool:
        """Whether a difference quotient ends in a derivative that the page has (or the page has none to compare)."""
        mine, value = self.shifted_derivatives(), Known(digits.value, digits, False, -1)
        knowledge = self.knowledge
        if not mine or any(agree(each, value, knowledge.carry, knowledge.mode) for each in mine):
            return True
        full = self.full_derivatives() if knowledge.carry == "printed" else []
        return any(rounds(each, digits, knowledge.mode) for each in full) or (knowledge.carry == "printed" and not full)

    def full_derivatives(self) -> list[Any]:
        """Return the derivatives by the shifted quantity without any rounding, for a page whose own are rounded on the way."""
        known, found = self.before or self.knowledge, []
        for key in known.values:
            if self.in_full is not None and key.startswith("∂") and key.endswith(f"/∂{self.shifted_name}"):
                try:
                    found.append(self.in_full.slope_of(*key[1:].split("/∂", 1)))
                except Unknown:
                    continue
        return found

    def question(self, left: Node, sign: str, right: Node) -> tuple[str, str]:
        try:
            values = [scalar(self.evaluate(side)) for side in (left, right)]
            if compare(values[0], sign, values[1]):
                return "holds", ""
        except Unknown:
            numeric = is_numeric(left) and is_numeric(right)
            return ("unjudged" if numeric else "symbolic"), ""
        if not is_numeric(left) and not is_numeric(right):
            return "symbolic", ""
        if not is_numeric(left) or not is_numeric(right):
            bare_names = {name.key for side in (left, right) for name in names(side)}
            if not all(self.knowledge.values.get(key) for key in bare_names):
                return "symbolic", ""
        return "fails", f"{shown(values[0])} {sign} {shown(values[1])} is not true"

    def quotient_link(self, chain: Chain, left: Node, right: Node) -> tuple[str, str]:
        """Judge a difference quotient against the derivative on its left; formulas of quotients stay formulas."""
        keys = self.targets(left)
        if not is_numeric(right) or keys is None:
            return "symbolic", ""
        known = (self.before or self.knowledge).best(keys[0][0])
        try:
            value = scalar(self.evaluate(right))
        except Unknown as error:
            return "unjudged", str(error)
        if known is None:
            return "definition", ""
        limit = CLOSE if self.knowledge.carry == "exact" else CLOSE_BY_HAND
        if is_close(value, known.value, limit):
            return "holds", ""
        return "fails", f"the quotient is {shown(value)}, but {keys[0][0]} is {known}"

    def numbers_behind(
        self, chain: Chain, left_index: int, right_index: int, sign: str, bound: dict[int, str | None]
    ) -> tuple[str, str]:
        """Judge names on the left of numbers: a value of theirs, or numbers put in their places."""
        left, right = chain.sides[left_index], chain.sides[right_index]
        if not is_printed(right):
            reason = self.substitution(chain, right_index)
            if reason:
                return "fails", reason
            if reason is not None:
                return verdict_of(bound.get(left_index) or "")
        if left_index in bound:
            return verdict_of(bound[left_index])
        if self.targets(left) is not None and not is_printed(right) and self.target(chain, right_index) is None:
            return "definition", ""
        return self.values_of(left, right, self.target(chain, right_index) or right, sign)

    def candidates(self, chain: Chain, index: int) -> tuple[list[Node], list[Node]]:
        """Return the formulas that the side at `index` may be the numbers of: those of its chain, and earlier ones."""
        found = [side for side in reversed(chain.sides[:index]) if not is_closed(side)]
        first = chain.sides[0]
        if not found or found[-1] is not first:
            found.append(first)
        found = [side for side in found if side is not first or self.targets(side) is None]
        return found, [node for node in reversed(self.remembered[first.text]) if node not in found]

    def substitution(self, chain: Chain, place: int, check: Check | None = None) -> str | None:
        """Lay numbers on the formulas they stand for; return why they do not fit, or None where no formula has the shape."""
        own, earlier = self.candidates(chain, place)
        found = self.laid_on(own, chain, place, check or self.check)
        return self.laid_on(earlier, chain, place, check or self.check) if found is None else found

    def laid_on(self, candidates: list[Node], chain: Chain, place: int, check: Check) -> str | None:
        side = chain.sides[place]
        worst: str | None = None
        whole: str | None = None
        for candidate in candidates:
            found = align(candidate, side, check)
            if found is None or not found.pairs:
                continue
            named = [pair for pair in found.pairs if not is_closed(pair.left)]
            if not named:
                continue
            if found.pairs[0].left is bare(candidate):
                if worst is None:
                    self.pin(found)
                    whole = ""
                continue
            if not found.faults or self.is_permuted(candidate, side):
                self.report.substitutions += 0 if place in self.laid else len(named)
                self.laid.add(place)
                self.learn(found)
                self.pin(found)
                return ""
            if worst is None:
                worst = "; ".join(pair.fault for pair in found.faults)
        return worst if worst is not None else whole

    def is_permuted(self, formula: Node, side: Node) -> bool:
        """Whether the numbers are those of the formula's names in another order."""
        values = []
        for name in names(formula):
            known = self.knowledge.best(name.key) or (self.before.best(name.key) if self.before else None)
            if known is None:
                return False
            values.append(abs(real(known.value)))
        values += [abs(real(number.value)) for number in numbers(formula)]
        return sorted(values) == sorted(abs(real(number.value)) for number in numbers(side)) and self.is_value(
            formula, side
        )

    def is_value(self, formula: Node, side: Node) -> bool:
        try:
            return self.is_equal(formula, side)
        except Unknown:
            return False

    def check_loosely(self, left: Node, right: Node) -> str | None:
        """As `check`; but where a part result follows from the side before it, it need not be that of the values in full."""
        return self.check(left, right, strict=False)

    def check(self, left: Node, right: Node, strict: bool = True) -> str | None:
        """Say why a part of a formula and what stands in its place do not agree: empty if they do, None if unknown."""
        left, right = bare(left), bare(right)
        if isinstance(left, Neg) and isinstance(left.operand, Name):
            left, right = left.operand, Neg(right)
        digits = literal(right)
        try:
            value = self.evaluate(right)
        except Unknown:
            return None
        if isinstance(left, Name):
            return self.check_name(left.key, right, value, digits)
        try:
            if is_closed(left):
                return self.closed_fault(left, right, "=", None, False)
            return self.difference(left, value, right, strict)
        except Unknown:
            return None

    def check_name(self, key: str, right: Node, value: Any, digits: Digits | None) -> str | None:
        place = next(numbers(right), None)
        if not isinstance(value, Array) or value.shape == (1, 1):
            return self.knowledge_conflict(
                key, Known(scalar(value), digits, False, place.start if place else -1), digits
            )
        keys = self.knowledge.entry_keys(key) or (self.before.entry_keys(key) if self.before else None)
        if keys is None:
            return ""
        if sorted((len(keys), len(keys[0]))) != sorted(value.shape):
            return f"{key} has another shape elsewhere"
        flat = [each for row in keys for each in row]
        all_digits = printed(right, value)
        for position, each in enumerate(flat):
            spelling = all_digits[position] if all_digits else None
            fault = self.knowledge_conflict(each, Known(value.entries[position], spelling, False, -1), spelling)
            if fault:
                return fault
        return ""

    def knowledge_conflict(self, key: str, value: Known, digits: Digits | None) -> str | None:
        conflict = self.knowledge.conflict(key, value, self.near_quotient)
        if conflict is None and self.before is not None and self.knowledge.shifted is None:
            conflict = self.before.conflict(key, value)
        if conflict is None and digits is None:
            return None
        return conflict or ""

    def learn(self, found: Alignment) -> None:
        """Note the values of names that only stand in substitutions so far."""
        for pair in found.pairs:
            left, right = pair.left, pair.right
            if isinstance(left, Neg) and isinstance(left.operand, Name):
                left, right = left.operand, Neg(right)
            digits = literal(right)
            if isinstance(left, Name) and digits is not None and self.knowledge.best(left.key) is None:
                number = next(numbers(right))
                self.knowledge.record(left.key, Known(digits.value, digits, False, number.start))
                self.knowledge.initial.add(left.key)

    def pin(self, found: Alignment) -> None:
        """Note which numbers stand for a name whose value is printed elsewhere too, or for a part that was worked out."""
        if self.before is None:
            return
        for pair in found.pairs:
            number, digits = next(numbers(pair.right), None), literal(pair.right)
            if number is None or digits is None:
                continue
            name = pair.left.operand if isinstance(pair.left, Neg) else pair.left
            if isinstance(pair.left, Num):
                self.report.pin(pair.left, "constant")
                self.report.pin(number, "constant")
                continue
            if not isinstance(name, Name):
                self.report.pin(number, "part result", None if is_closed(pair.left) else -1)
                continue
            shifted = self.knowledge.shifted
            known = (shifted or {}).get(name.key) or self.before.values.get(name.key, [])
            for each in known:
                if each.at != number.start and each.digits is not None:
                    self.report.pin(number, f"stands for {name.key}", each.digits.decimals)
                    self.report.pin(each, f"value of {name.key}", digits.decimals)
            if shifted is None:
                value = -digits.value if isinstance(pair.left, Neg) else digits.value
                self.operands.append((name.key, Known(value, Digits(value, digits.decimals), False, number.start)))

    def values_of(self, formula: Node, numbers_side: Node, target: Node, sign: str) -> tuple[str, str]:
        """Judge a formula against numbers by the values of its names."""
        if not is_written_out(formula):
            bound = self.values_bound.get(0)
            if 0 in self.values_bound:
                return verdict_of(bound)
            return "unjudged", "the formula is not written out"
        try:
            value = self.evaluate(numbers_side)
            fault = self.difference(formula, value, target if is_printed(numbers_side) else numbers_side)
        except Unknown as error:
            return ("fails" if isinstance(error, Mismatch) else "unjudged"), f"no value for {error}"
        if is_printed(numbers_side):
            for number, width in zip(numbers(numbers_side), self.widths(formula), strict=False):
                self.report.pin(number, "value of a formula", None if width == 0 else first_decimal(width) - 1)
        return ("fails", fault) if fault else ("holds", "")

    def widths(self, formula: Node) -> list[Any]:
        """Return how far the values of a formula's entries reach, the names in it being known as far as they are."""
        if self.knowledge.carry == "printed":
            return [0 for _ in flatten(self.evaluate(formula)).entries]
        try:
            entries = flatten(self.evaluate(formula, ranges=True)).entries
        except Unknown:
            return []
        return [real(interval(each).high) - real(interval(each).low) for each in entries]

    def difference(self, formula: Node, value: Any, side: Node, strict: bool = True) -> str:
        """Say how far a formula, with the page's values in it, is from what stands there, or nothing."""
        points = flatten(self.evaluate(formula))
        there = flatten(value)
        if points.shape != there.shape:
            if 1 in points.shape and points.shape == there.shape[::-1]:
                there = there.transposed()
            else:
                return f"{points.shape[0]} × {points.shape[1]} entries against {there.shape[0]} × {there.shape[1]}"
        digits = printed(side, there)
        full = self.full_values(formula) if strict and self.knowledge.carry == "exact" else None
        try:
            ranges = flatten(self.evaluate(formula, ranges=True)).entries
        except Unknown:
            ranges = None
        for position, (point, one) in enumerate(zip(points.entries, there.entries, strict=True)):
            spelling = digits[position] if digits else None
            if spelling is not None and rounds(point, spelling, self.knowledge.mode):
                continue
            if same(point, one):
                continue
            if full is not None and spelling is not None:
                if rounds(full[position], spelling, self.knowledge.mode):
                    continue
                return f"in full this is {shown(full[position])}, not {spelling}"
            loose = self.knowledge.carry == "exact" or self.knowledge.shifted is not None
            if loose and ranges is None:
                raise Unknown(f"the range of {formula.text}")
            wide = interval(ranges[position] if ranges is not None else point)
            narrow = spread(spelling, self.knowledge.mode) if spelling is not None else Interval(one, one)
            if loose and real(wide.low) <= real(narrow.high) and real(narrow.low) <= real(wide.high):
                continue
            return f"with the values on the page this is {shown(point)}, not {spelling or shown(one)}"
        return ""

    def full_values(self, formula: Node) -> tuple[Any, ...] | None:
        """Return the entries of a formula without any rounding, where exact values carry."""
        if self.in_full is None or self.knowledge.shifted is not None:
            return None
        try:
            return flatten(self.in_full.value(formula)).entries
        except Unknown:
            return None

    def formulas(
        self, chain: Chain, left_index: int, right_index: int, bound: dict[int, str | None]
    ) -> tuple[str, str]:
        """Judge two sides with names: numbers put in some places only, or formulas whose values can be compared."""
        left, right = chain.sides[left_index], chain.sides[right_index]
        half = any("." in number.digits for number in numbers(right))
        if half:
            reason = self.substitution(chain, right_index)
            if reason is not None:
                return ("fails", reason) if reason else ("holds", "")
        agreed = ("holds", "") if half else ("symbolic", "")
        full = [self.full_values(side) for side in (left, right)]
        if full[0] is not None and full[1] is not None and len(full[0]) == len(full[1]) == 1:
            one, two = full[0][0], full[1][0]
            if same(one, two) or self.may_be_equal(left, right):
                return agreed
        else:
            try:
                one, two = scalar(self.evaluate(left)), scalar(self.evaluate(right))
            except Unknown:
                unexplained = half and self.before is not None and self.is_derived(chain)
                return ("unjudged", "numbers and names that match no formula") if unexplained else ("symbolic", "")
            if same(one, two) or self.may_be_equal(left, right) or self.is_rounded_to(left, two):
                return agreed
            if self.knowledge.carry == "printed":
                return "symbolic", ""  # another form leads to other roundings on the way
        if not self.is_derived(chain) or self.knowledge.shifted is not None:
            return "symbolic", ""
        return "fails", f"with the values on the page {shown(one)} stands against {shown(two)}"

    def may_be_equal(self, left: Node, right: Node) -> bool:
        """Whether two formulas may have one value, the names in them being known as far as they are printed."""
        try:
            one, two = (interval(scalar(self.evaluate(side, ranges=True, wide=True))) for side in (left, right))
        except Unknown:
            return self.knowledge.carry == "exact"  # the ranges are not known, and the points are rounded ones
        return bool(real(one.low) <= real(two.high) and real(two.low) <= real(one.high))

    def is_rounded_to(self, left: Node, value: Any) -> bool:
        known = (self.before or self.knowledge).best(bare(left).text)
        return known is not None and known.digits is not None and rounds(value, known.digits, self.knowledge.mode)

    def is_derived(self, chain: Chain) -> bool:
        keys = self.targets(chain.sides[0])
        known = self.before or self.knowledge
        return keys is not None and all(key in known.derived for row in keys for key in row)

    def braces(self, side: Node) -> None:
        """Judge the labels under braces against what stands in the braces."""
        for each in walk(side):
            if isinstance(each, Brace) and not isinstance(each.label, Formal):
                place = next((number.start for number in numbers(each)), -1)
                if is_closed(each.body) and is_printed(each.label):
                    try:
                        fault = self.closed_fault(each.body, each.label, "=", each.label, False)
                    except Unknown as error:
                        self.note("unjudged", place, str(error))
                        continue
                    self.note("fails" if fault else "holds", place, fault)
                elif is_numeric(each.body) and isinstance(bare(each.label), Name):
                    fault = self.check(each.label, each.body)
                    if fault is not None:
                        self.note("fails" if fault else "holds", place, fault)

    # Formulas, and values worked out again from them.

    def remember(self, chain: Chain) -> None:
        """Note the formulas of a chain's left side, for numbers that are put into them later."""
        if self.knowledge.shifted is not None or chain.generic:
            return
        first = chain.sides[0]
        for index, side in enumerate(chain.sides):
            written_out = not any(isinstance(each, Formal) for each in walk(side))
            if index and index not in self.laid and not is_closed(side) and written_out:
                self.remembered[first.text].append(side)
        keys = self.targets(first)
        has_numbers = any(is_numeric(side) for side in chain.sides[1:])
        self.suggest(chain, keys)
        restated = self.restated(chain)
        worked = restated is not None or any(
            not is_printed(side) and self.targets(side) is None for side in chain.sides[1:]
        )
        if keys is None or chain.signs[0] not in ("=", "≈", ":=", "←") or not has_numbers or not worked:
            return
        suffix = NEW if chain.signs[0] == "←" and not keys[0][0].endswith(("'", "+")) else ""
        for side in [*self.remembered[first.text], *([restated] if restated is not None else [])]:
            for i, row in enumerate(keys):
                for j, key in enumerate(row):
                    entry = None if len(keys) == len(row) == 1 else (i, j)
                    if Formula(side, entry) not in self.knowledge.formulas[key + suffix]:
                        self.knowledge.formulas[key + suffix].append(Formula(side, entry))
                        self.knowledge.derived.add(key + suffix)

    def suggest(self, chain: Chain, keys: tuple[tuple[str, ...], ...] | None) -> None:
        """Note the formulas of a chain without numbers, for names whose values stand elsewhere."""
        if keys is None or chain.signs[0] not in ("=", ":="):
            return
        for side in chain.sides[1:]:
            if is_closed(side) or not is_written_out(side) or self.targets(side) is not None:
                continue
            for i, row in enumerate(keys):
                for j, key in enumerate(row):
                    formula = Formula(side, None if len(keys) == len(row) == 1 else (i, j))
                    if formula not in self.knowledge.suggested[key]:
                        self.knowledge.suggested[key].append(formula)

    def agrees(self, key: str, formula: Formula) -> bool | None:
        """Whether a formula gives the printed value of a quantity; None if that cannot be said."""
        known = self.knowledge.best(key)
        if known is None:
            return None
        explained = InFull(self.knowledge)
        deep: list[str] = [key]

        def lookup(name: str) -> Any:
            try:
                return self.knowledge.lookup(name, True)
            except Unknown:
                if name in deep or not self.knowledge.formulas.get(name):
                    raise
            deep.append(name)
            return explained.entry(self.knowledge.formulas[name][0], lookup)

        try:
            value = explained.entry(formula, lookup)
        except Unknown:
            return None
        wide, narrow = interval(value), known.range(self.knowledge.mode)
        if known.digits is not None:
            narrow = spread(known.digits, self.knowledge.mode)
        return bool(real(wide.low) <= real(narrow.high) and real(narrow.low) <= real(wide.high))

    def restated(self, chain: Chain) -> Node | None:
        """Return the formula in front of the same numbers one chain above: ``f(z) = 0.5`` and then ``a = 0.5``."""
        above, self.above = self.above, chain
        if above is None or above.section != chain.section or len(chain.sides) != 2:
            return None
        formula, ends = above.sides[0], (above.sides[-1], chain.sides[-1])
        if is_closed(formula) or self.targets(formula) is not None or not all(is_printed(end) for end in ends):
            return None
        return formula if ends[0].text == ends[1].text else None

    def recompute(self) -> None:
        from tests.checker.recomputing import recompute

        recompute(self)


def first_decimal(width: Any) -> int:
    """Return the place of the first digit of a small number: 3 for 0.004."""
    return 99 if width == 0 else -int(mp.floor(mp.log10(real(width))))


def decimals_of(known: Known) -> int:
    return known.digits.decimals if known.digits is not None else 0


def verdict_of(conflict: str | None) -> tuple[str, str]:
    """Return the verdict on a printed value: it agrees with others, contradicts them, or is the first of its name."""
    if conflict is None:
        return "definition", ""
    return ("contradicts", conflict) if conflict else ("holds", "")


def flatten(value: Any) -> Array:
    return value if isinstance(value, Array) else Array(((value,),))


def matrix_entries(node: Node) -> tuple[tuple[Node, ...], ...] | None:
    """Return the entries of a side that is written as a matrix."""
    if isinstance(node, Brace):
        return matrix_entries(node.body)
    if isinstance(node, Transpose) and (inner := matrix_entries(node.operand)) is not None:
        return tuple(zip(*inner, strict=True))
    return node.rows if isinstance(node, Matrix) else None


def printed(side: Node, shape: Array) -> list[Digits | None] | None:
    """Return the digits of each entry of a side, where an entry is a printed number; None if none is."""
    entries = matrix_entries(side)
    if entries is None:
        digits = literal(side)
        return None if digits is None else [digits] * len(shape.entries)
    found = [literal(entry) for row in entries for entry in row]
    return found if len(found) == len(shape.entries) else None


def spelled(digits: Digits) -> Num:
    """Return digits as a number that stands nowhere."""
    places = max(digits.decimals, 0)
    whole, rest = divmod(abs(digits.value) * 10**places, 10**places)
    sign = "-" if digits.value < 0 else ""
    return Num(f"{sign}{whole}.{int(rest):0{places}}" if places else f"{sign}{whole}")


def shown(value: Any) -> str:
    if isinstance(value, Interval):
        return f"{shown(value.low)}…{shown(value.high)}"
    return str(float(real(value)))


def is_close(one: Any, two: Any, limit: mpf) -> bool:
    gap, size = abs(real(one) - real(two)), max(abs(real(one)), abs(real(two)))
    return bool(gap <= limit * size) or bool(size < CLOSE and gap < CLOSE / 100)
