"""Judging: every claim of a document is asked whether it is true, and whether it follows from what was printed before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph
from symback.reading.documents import Line, Table
from symback.reading.statements import Side, Statement
from symback.verify.applications import is_application, with_functions
from symback.verify.balls import decimal, exact, printing_like, width
from symback.verify.binding import Binding
from symback.verify.carried import Carried, Stated
from symback.verify.claims import BLAMED, FALSE, Claim, Verdict
from symback.verify.evaluate import Dual, Rows, Unknown, Value
from symback.verify.functions import defines_function, named_function
from symback.verify.general import instances
from symback.verify.keys import Keys, Scope, keys_of
from symback.verify.network import BATCH, NEW, Point, other_points
from symback.verify.printed import Printed, printed_rows
from symback.verify.reading import ARROWS, Document, Item
from symback.verify.resolve import Resolver
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import parts, symbols
from symback.written.nodes import (
    Call,
    Cases,
    Derivative,
    Group,
    IndexedSum,
    Matrix,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)

MOVED = "~"
"""Ends the key of a quantity while a parameter is moved."""

WIDEST = 10
"""How many units of its last digit the values that operands allow may span, before nothing is decided."""

VAGUE = 0.2
"""Values that span more than this share of themselves explain nothing."""

RELATIONS = frozenset({"=", "≈", ":=", *ARROWS})


@dataclass(slots=True)
class _Subject:
    """What a chain is about: its first side, the keys that it names, and what it is worth."""

    node: Written
    keys: Keys | None
    truth: Value | None
    is_absent: bool = False
    is_update: bool = False
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """A stretch of the document in which one parameter is moved: the network there."""

    parameter: str
    size: Fraction
    point: Point

    def marks(self, key: str) -> bool:
        """Whether a key has another value here."""
        return bool(key) and ":" not in key and key in self.point.graph.dependents(self.parameter)


@dataclass(slots=True)
class _Formula:
    """A side of a chain that was judged before the number behind it."""

    node: Written
    claim: int
    verdict: Verdict
    has_numbers: bool


class Judge:
    """Judges the claims of one document in order.

    Parameters
    ----------
    document, binding, graph
        What was read, what its names mean, and the network.
    truth
        The network at the author's numbers.
    others
        The network at other numbers, and whether each has the same units active.
    kinks
        What derivatives are taken to be at kinks, by the name of the activation.
    """

    def __init__(
        self, document: Document, binding: Binding, graph: Graph, truth: Point, others: list[tuple[Point, bool]], kinks: Mapping[str, Fraction]
    ) -> None:
        self.document = document
        self.binding = binding
        self.graph = graph
        self.truth = truth
        self.others = others
        self.kinks = kinks
        self._with_targets: list[tuple[Point, bool]] = []
        self.claims: list[Claim] = []
        self.carried = Carried(graph, truth, frozenset(graph.given))
        self.local: dict[Spelling, arb] = {}
        self.scope = Scope()
        self.moved: Moved | None = None
        self._last: _Subject | None = None
        self._last_formula: _Formula | None = None
        self._wrong_forms: list[tuple[str, Written, int]] = []
        self._shown: dict[str, list[tuple[Written, int]]] = {}
        self._givens: dict[Fraction, Fraction] = {}
        for numbers in (graph.given, *graph.samples):
            for number in numbers.values():
                self._givens[number.value] = (decimal(number) or (0, Fraction(1)))[1]
        self._chain_start = 0
        self._subject_node: Written | None = None
        self._is_certain = True
        self._label = ""
        self._label_span: tuple[int, int] | None = None

    def judge(self) -> list[Claim]:
        """Return every claim with its verdict."""
        from symback.verify.tables import judge_table

        for item in self.document.items:
            content = item.content
            if isinstance(content, Line):
                self._line(content)
            elif isinstance(content, Table):
                judge_table(self, content)
            else:
                self._statement(content, item)
        return self.claims

    # Words around formulas.

    def _line(self, line: Line) -> None:
        from symback.verify.words import counts, sample_named, stated_data

        number = sample_named(line.words, len(self.graph.samples))
        if number is not None:
            self.scope = replace(self.scope, sample=number)
        if not line.is_code:
            for count in counts(line, self.graph):
                self.claims.append(count.placed(self.document.source))
            for key, number, start, end in stated_data(line, self.graph, self.document.vocabulary.comma):
                if not any(start < side.end and side.start < end for statement in self._of_line(line) for side in statement.sides):
                    self._number(key, self.truth.value(key), number, (start, end), None, None, None, "number")
        stripped = line.words.strip().strip("#*-:. ")
        self._label = stripped if len(stripped) < 30 else ""
        self._label_span = (line.start, line.start + len(line.words)) if self._label else None

    def _of_line(self, line: Line) -> Iterator[Statement]:
        for statement in self.document.statements():
            if line.start <= statement.sides[0].start < line.start + len(line.words):
                yield statement

    # Cells of tables.

    def take(self, statement: Statement) -> None:
        """Judge a statement that stands in a cell."""
        self._statement(statement, Item(statement))

    def take_cell(self, key: str, side: Side) -> None:
        """Judge numbers that a table gives for a key."""
        self.take_chain(key, (side,))

    def take_chain(self, key: str, sides: tuple[Side, ...]) -> None:
        """Judge the cells of a row as a chain about one key."""
        self._chain_start = len(self.claims)
        keys = ((key,),)
        subject = _Subject(Symbol("row"), keys, self._values(keys))
        formula: _Formula | None = None
        for side in sides:
            if side.node is not None:
                formula = self._side(subject, side, "=", formula)

    def put_label(self, start: int, end: int, message: str) -> None:
        """Blame a label."""
        self._put((start, end), "", None, Verdict.SLIP, "label", None, message)

    # Statements.

    def _statement(self, statement: Statement, item: Item) -> None:
        statement = replace(statement, sides=tuple(self._with_functions(side) for side in statement.sides))
        sides = list(statement.sides)
        self._shift(statement)
        self._chain_start = len(self.claims)
        if statement.goes_on:
            if not item.is_display and statement.signs[0] not in ("=", "≈"):
                return
            subject = self._last
            rest = list(zip(statement.signs, sides, strict=True))
            formula = self._last_formula
        else:
            subject = self._subject(sides[0], statement)
            rest = list(zip(statement.signs[1:], sides[1:], strict=True))
            formula = None
            if subject is None and rest:
                self._unread(sides[0])
            elif subject is not None and subject.keys is None and rest:
                formula = self._opening(subject, sides[0])
                self._define(subject, statement)
            elif subject is not None and self._turn(subject, statement):
                subject = self._subject(sides[0], statement)
        if not rest:
            return
        for sign, side in rest:
            if sign not in RELATIONS or (sign == "→" and not (_sets_parameters(subject) or (formula is not None and printed_rows(side)))):
                continue
            if side.node is None:
                self._unread(side)
                formula = None
                continue
            formula = self._side(subject, side, sign, formula)
        self._last, self._last_formula = subject, formula

    def _with_functions(self, side: Side) -> Side:
        return side if side.node is None else replace(side, node=with_functions(side.node, self.binding))

    def _define(self, subject: _Subject, statement: Statement) -> None:
        """Keep the value of a name that the document defines for itself."""
        last = printed_rows(statement.sides[-1])
        if isinstance(subject.node, Symbol) and len(last) == 1 and len(last[0]) == 1:
            self.local[spelling(subject.node)] = exact(last[0][0][0])

    def _turn(self, subject: _Subject, statement: Statement) -> bool:
        """Go on to the network after the update where a number is not true before it and is true, or carried, after it."""
        key = _lone(subject.keys)
        rows = printed_rows(statement.sides[-1])
        if not key or key.endswith(NEW) or key in self.graph.given or len(rows) != 1 or len(rows[0]) != 1:
            return False
        number = rows[0][0]
        printed = printing_like(*number)
        updates = [name for name in self.graph.parameters if self.carried.stated(name + NEW)]
        if 2 * len(updates) < len(self.graph.parameters) or number[1] == 1 or self.moved is not None:
            return False
        try:
            if self.truth.value(key).overlaps(printed) or self._explained(key, printed, float(number[1])):
                return False
        except Unknown:
            return False
        if any(one.number == number for one in self.carried.stated(key)):
            return False
        truth = self.truth.updated()
        carried = Carried(self.graph, truth, frozenset(self.graph.given) - frozenset(self.graph.parameters))
        for name in updates:
            for one in self.carried.stated(name + NEW):
                carried.state(name, one)
        before = self.truth, self.carried
        self.truth, self.carried = truth, carried
        if truth.value(key).overlaps(printed) or self._explained(key, printed, float(number[1])):
            return True
        self.truth, self.carried = before
        return False

    def _opening(self, subject: _Subject, side: Side) -> _Formula | None:
        """Take a chain that begins with numbers instead of a name: what follows must be what they give."""
        node = subject.node
        if any(isinstance(part, (Symbol, Derivative)) for part in parts(node)) or printed_rows(side):
            return None
        cause = self._false_operand(node)
        verdict = Verdict.CORRECT if cause is None else Verdict.FOLLOWS
        self._put((side.start, side.end), "", None, verdict, "substitution", cause, "")
        subject.truth = None
        return _Formula(node, len(self.claims) - 1, verdict, True)

    def _shift(self, statement: Statement) -> None:
        """Open a stretch in which a parameter is moved by a small number: ``(w + 0.0001) x``; a derivative ends it."""
        for side in statement.sides:
            for part in parts(side.node) if side.node is not None else ():
                move = self._move(part)
                if move is not None:
                    parameter, size = move
                    self._givens[abs(size)] = Fraction(1, 10**12)
                    with suppress(Unknown):
                        self.moved = Moved(parameter, size, self.truth.moved(parameter, exact(size)))
                    return
        first = statement.sides[0].node
        if isinstance(first, Derivative) and not statement.goes_on:
            self.moved = None

    def _move(self, part: Written) -> tuple[str, Fraction] | None:
        if not isinstance(part, Sum) or len(part.terms) != 2:
            return None
        one, other = part.terms
        sign = 1
        if isinstance(other, Negative):
            other, sign = other.operand, -1
        size = decimal(other)
        if size is None or not 0 < abs(size[0]) <= Fraction(1, 100) or not isinstance(one, Symbol):
            return None
        key = _lone(keys_of(one, self.binding, self.scope))
        return (key, sign * size[0]) if _is_parameter(key) else None

    def _subject(self, side: Side, statement: Statement) -> _Subject | None:
        node = side.node
        if node is None:
            return None
        if is_application(node):
            return _Subject(node, None, None)
        if isinstance(node, Product) and node.juxtaposed and all(isinstance(factor, (Symbol, Derivative)) for factor in node.factors):
            node = node.factors[-1]
        keys = keys_of(node, self.binding, self.scope)
        if keys is None and isinstance(node, Symbol):
            keys = self._by_shape(node, statement)
        sets = any(sign in ARROWS for sign in statement.signs) or self._repeats_itself(statement)
        if keys is not None:
            keys = self._shaped(keys, node, statement)
            if sets and all(_is_parameter(key) for row in keys for key in row if key):
                keys = _updated(keys)
        truth = None
        if keys is None:
            keys = self._step(node, statement)
        if keys is not None:
            truth = self._values(keys)
        else:
            try:
                truth = self._resolver(self._true).value(node, self._operand)
            except Unknown:
                truth = None
        certain = all(self.binding.trusts(symbol) for symbol in symbols(node) if symbol.base)
        subject = _Subject(node, keys, truth, self._is_absent(node), sets, certain)
        return self._of_batch(subject, statement) if self.graph.learns_from_batch else subject

    def _of_batch(self, subject: _Subject, statement: Statement) -> _Subject:
        """Take the loss, or a gradient of it, for that of the batch where its numbers are nearer to that."""
        rows = next((rows for rows in map(printed_rows, reversed(statement.sides)) if rows), ())
        keys = self._keys_like(subject, (len(rows), len(rows[0]) if rows else 0))
        if keys is None or not all(key.partition(":")[0] == "loss" for row in keys for key in row):
            return subject
        batch = tuple(tuple(BATCH + key.removeprefix("loss") for key in row) for row in keys)
        if any(self._fitting(one, rows) for one in (keys,)) and self._fitting(keys, rows) >= self._fitting(batch, rows):
            return subject
        if not self._fitting(batch, rows) and not any(_divides_by(side, len(self.graph.samples)) for side in statement.sides):
            return subject
        return replace(subject, keys=batch, truth=self._values(batch))

    def _fitting(self, keys: Keys, rows: tuple[tuple[Printed, ...], ...]) -> int:
        """Return how many printed numbers are true for keys, or come from the document's own."""
        fitting = 0
        for line, numbers in zip(keys, rows, strict=True):
            for key, number in zip(line, numbers, strict=True):
                printed = printing_like(*number)
                try:
                    fits = self.truth.value(key).overlaps(printed) or self._explained(key, printed, float(number[1]))
                except Unknown:
                    continue
                fitting += bool(fits)
        return fitting

    def _repeats_itself(self, statement: Statement) -> bool:
        """Whether a parameter is set to itself less something: ``w = w - 0.1 * g``."""
        first = statement.sides[0].node
        return any(
            isinstance(side.node, Sum) and side.node.terms[0] == first for side in statement.sides[1:] if side.node is not None
        )

    def _step(self, node: Written, statement: Statement) -> Keys | None:
        """Return the new values that an expression such as ``w - 0.1 g`` at the head of a chain is about."""
        if not isinstance(node, Sum) or len(node.terms) != 2 or not isinstance(node.terms[1], Negative):
            return None
        old = keys_of(node.terms[0], self.binding, self.scope)
        if old is None or not all(_is_parameter(key) for row in old for key in row):
            return None
        new = _updated(self._shaped(old, node.terms[0], statement))
        try:
            value, wanted = self._resolver(self.truth.value).value(node), self._values(new)
        except Unknown:
            return None
        return new if wanted is not None and _equal(wanted, value) else None

    def _by_shape(self, symbol: Symbol, statement: Statement) -> Keys | None:
        """Return the vector or matrix that a name without its layer means: that of the shape and numbers printed for it."""
        name = spelling(symbol)
        rows = next((found for found in map(printed_rows, statement.sides) if len(found) * len(found[0] if found else ()) > 1), ())
        role = self.binding.family_role(name)
        if not rows or role not in ("w", "b", "z", "a"):
            return None
        best: tuple[int, Keys | None] = (0, None)
        for layer in self.graph.layers:
            columns = {"b": layer.biases, "z": layer.pre_activations, "a": layer.activations}
            found: Keys = layer.weights if role == "w" else tuple((one,) for one in columns[role])
            for keys in (found, tuple(zip(*found, strict=True))):
                if (len(keys), len(keys[0]) if keys else 0) != (len(rows), len(rows[0])):
                    continue
                meant = _updated(keys) if name.is_new else keys
                agreed = sum(
                    self.binding.prints(key, number) for line, numbers in zip(meant, rows, strict=True) for key, number in zip(line, numbers, strict=True)
                )
                if agreed > best[0]:
                    best = (agreed, meant)
        return best[1]

    def _shaped(self, keys: Keys, node: Written, statement: Statement) -> Keys:
        """Return keys laid out as the chain prints them: a column where a row stands is turned."""
        for side in reversed(statement.sides):
            rows = printed_rows(side)
            if len(rows) * len(rows[0] if rows else ()) > 1:
                shape = (len(rows), len(rows[0]))
                if (len(keys), len(keys[0])) != shape and (len(keys[0]), len(keys)) == shape:
                    return tuple(zip(*keys, strict=True))
                break
        return keys

    def _values(self, keys: Keys) -> Value | None:
        rows = []
        for row in keys:
            values = []
            for key in row:
                try:
                    values.append(Dual(self._true(key), arb(0)))
                except Unknown:
                    values.append(Dual(arb("nan"), arb(0)))
            rows.append(tuple(values))
        if all(one.value.is_nan() for row in rows for one in row):
            return None
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else tuple(rows)

    def _true(self, key: str) -> arb:
        """Return the true value of a key where the document stands."""
        if self.moved is not None and self.moved.marks(key):
            return self.moved.point.value(key)
        return self.truth.value(key)

    def _is_absent(self, node: Written) -> bool:
        """Whether it is a derivative of a parameter by what it cannot depend on."""
        return isinstance(node, Derivative) and self._is_no_path(node)

    def _is_no_path(self, node: Derivative) -> bool:
        if not isinstance(node.of, Symbol) or not isinstance(node.by, Symbol):
            return False
        of, by = spelling(node.of), spelling(node.by)
        if of == by or of.base == by.base:
            return False
        return self.binding.family_role(of) in ("w", "b") and self.binding.family_role(by) in ("a", "z", "x")

    # Sides.

    def _side(self, subject: _Subject | None, side: Side, sign: str, before: _Formula | None) -> _Formula | None:
        node = side.node
        assert node is not None
        rows = printed_rows(side)
        if rows:
            self._numbers(subject, side, rows, before)
            return before
        if isinstance(node, Text):
            return before
        return self._formula(subject, side, before)

    def _numbers(self, subject: _Subject | None, side: Side, rows: tuple[tuple[Printed, ...], ...], before: _Formula | None) -> None:
        shape = (len(rows), len(rows[0]))
        keys = self._keys_like(subject, shape)
        truths = self._truths_like(subject, shape)
        literal = self._worth(before, shape, None)
        balls = self._worth(before, shape, self._operand)
        if shape == (1, 1) and subject is not None and side.node is not None:
            quotient = self._quotient(subject, rows[0][0])
            if quotient is not None:
                truths = [[quotient]]
            elif truths and truths[0][0] is not None and not truths[0][0].overlaps(printing_like(*rows[0][0])):
                function = self._as_function(subject.node, side.node)
                if function is not None and function[0] is Verdict.CORRECT:
                    truths = [[exact(rows[0][0][0])]]
        written = self._as_written(subject, shape)
        for row, numbers in enumerate(rows):
            for column, number in enumerate(numbers):
                span = side.entries[row][column] if side.entries else (side.start, side.end)
                self._number(
                    keys[row][column] if keys else "",
                    truths[row][column] if truths else None,
                    number,
                    span,
                    before,
                    literal[row][column] if literal else None,
                    balls[row][column] if balls else None,
                    "entry" if shape != (1, 1) else "number",
                    written[row][column] if written else None,
                )

    def _keys_like(self, subject: _Subject | None, shape: tuple[int, int]) -> Keys | None:
        if subject is None or subject.keys is None:
            return None
        keys = subject.keys
        if (len(keys), len(keys[0])) == shape:
            return keys
        if (len(keys[0]), len(keys)) == shape and 1 in shape:
            return tuple(zip(*keys, strict=True))
        return None

    def _truths_like(self, subject: _Subject | None, shape: tuple[int, int]) -> list[list[arb | None]] | None:
        if subject is None or subject.truth is None or subject.is_absent:
            return None
        return _laid_out(subject.truth, shape)

    def _worth(self, before: _Formula | None, shape: tuple[int, int], number: Callable[..., arb] | None) -> list[list[arb | None]] | None:
        """Return what the formula before a number is worth, from its own digits."""
        if before is None:
            return None
        try:
            value = self._resolver(self._latest).value(before.node, number)
        except Unknown:
            return None
        return _laid_out(value, shape)

    def _shifted(self, key: str, parameter: str, size: arb) -> arb:
        return self.truth.moved(parameter, size).value(key)

    def _as_written(self, subject: _Subject | None, shape: tuple[int, int]) -> list[list[arb | None]] | None:
        """Return what an expression at the head of a chain is worth with the numbers that the document printed."""
        self._subject_node = subject.node if subject is not None else None
        self._is_certain = subject is None or subject.is_certain
        if subject is None or subject.keys is not None:
            return None
        try:
            return _laid_out(self._resolver(self._latest).value(subject.node, self._operand), shape)
        except Unknown:
            return None

    def _latest(self, key: str) -> arb:
        """Return the value of a key as the document printed it last, else the true one."""
        if self.moved is not None and self.moved.marks(key):
            said = self.carried.stated(key + MOVED)
            return printing_like(*said[-1].number) if said else self.moved.point.value(key)
        found = self.carried.values(key, 0, False)
        return found[0].ball if found else self.truth.value(key)

    def _resolver(self, look: Callable[[str], arb], rename: Callable[[str], str] = lambda key: key) -> Resolver:
        return Resolver(self.binding, self.graph, look, self.scope, self.local, rename, self._shifted)

    def _operand(self, node: Written, value: Fraction, unit: Fraction) -> arb:
        """Return what a printed operand may stand for: itself if it is a datum, else what prints like it."""
        if unit == 1 and abs(value) < 1000:
            return exact(value)
        ball: arb | None = None
        for key, stated in self.carried.of_number((value, unit)):
            if key.partition("@")[0] in self.graph.given and stated.verdict not in FALSE:
                continue
            one = printing_like(value, unit)
            if stated.verdict not in FALSE:
                try:
                    true = self.truth.value(key.removesuffix(MOVED)) if not key.endswith(MOVED) else one
                    one = exact(value) if (true - exact(value)).contains(0) and true.rad() < arb(10) ** -30 else one.union(true)
                except Unknown:
                    pass
            ball = one if ball is None else ball.union(one)
        if ball is not None:
            return ball
        if self._is_datum(value, unit):
            return exact(value)
        if self._is_exact_value(value):
            return exact(value)
        return printing_like(value, unit)

    def _rounded(self, node: Written, value: Fraction, unit: Fraction) -> arb:
        """Return what a printed operand may stand for if digits that agree with a datum do so by chance."""
        return exact(value) if unit == 1 else self._operand(node, value, unit).union(printing_like(value, unit))

    def _may_be(self, node: Written, wanted: arb) -> bool:
        """Whether a formula may give a value, whatever its printed operands are rounded from."""
        try:
            value = self._resolver(self._latest).value(node, self._rounded)
        except Unknown:
            return False
        return isinstance(value, Dual) and bool(value.value.overlaps(wanted))

    def _is_datum(self, value: Fraction, unit: Fraction) -> bool:
        """Whether a number is one of the spec's, with no more digits than it has there, or a half."""
        stated = self._givens.get(value, self._givens.get(-value))
        if stated is not None:
            return unit >= stated or value.denominator == 1
        return value == Fraction(1, 2) and unit >= Fraction(1, 10)

    def _is_exact_value(self, value: Fraction) -> bool:
        """Whether a quantity of the network is exactly this number."""
        if not hasattr(self, "_exact_values"):
            self._exact_values = set()
            for name, quantity in self.graph.quantities.items():
                if quantity.definition is None:
                    continue
                try:
                    ball = self.truth.value(name)
                except Unknown:
                    continue
                if ball.rad() < arb(10) ** -30:
                    self._exact_values.add(round(float(ball), 12))
        return float(value) in self._exact_values and any(
            self._equals(name, value) for name, quantity in self.graph.quantities.items() if quantity.definition is not None
        )

    def _equals(self, name: str, value: Fraction) -> bool:
        try:
            return bool((self.truth.value(name) - exact(value)).contains(0))
        except Unknown:
            return False

    # Numbers.

    def _number(
        self,
        key: str,
        truth: arb | None,
        number: Printed,
        span: tuple[int, int],
        before: _Formula | None,
        literal: arb | None,
        ball: arb | None,
        kind: str,
        written: arb | None = None,
    ) -> None:
        printed = printing_like(*number)
        unit = float(number[1])
        fits = _fits(literal, ball, printed, unit)
        place = len(self.claims)
        if _is_parameter(key) and truth is not None and not truth.overlaps(printed):
            key, truth = self._as_new(key, truth, number)
        if self.moved is not None and self.moved.marks(key):
            self._moved_number(key, number, span, before, fits, kind)
            return
        if truth is not None and truth.overlaps(printed):
            verdict = Verdict.GIVEN if key in self.graph.given and before is None else Verdict.CORRECT
            remark = ""
            if before is not None and before.has_numbers and fits is False and not self._may_be(before.node, printed):
                self._blame_formula(before)
            self._put(span, key, truth, verdict, kind, None, remark)
        elif truth is None:
            self._unknown_number(key, number, span, before, fits, kind)
        else:
            if not key and written is not None and written.overlaps(printed):
                cause = self._false_name(self._subject_node) if self._subject_node is not None else None
                verdict = Verdict.ROUNDED if cause is None else Verdict.FOLLOWS
                self._put(span, key, truth, verdict, kind, cause, "what the numbers printed before give")
                return
            self._false_number(key, truth, number, span, before, fits, literal, kind)
        if key:
            self.carried.state(key, Stated(number, self.claims[place].verdict, place))

    def _as_new(self, key: str, truth: arb, number: Printed) -> tuple[str, arb]:
        """Take a parameter for its new value where the number is that one, though the name has no mark."""
        printed = printing_like(*number)
        try:
            new = self.truth.value(key + NEW)
        except Unknown:
            return key, truth
        said = any(one.number == number for one in self.carried.stated(key + NEW))
        if new.overlaps(printed) or said or self._explained(key + NEW, printed, float(number[1])):
            return key + NEW, new
        return key, truth

    def _moved_number(
        self, key: str, number: Printed, span: tuple[int, int], before: _Formula | None, fits: bool | None, kind: str
    ) -> None:
        """Judge a number while a parameter is moved; one that is true without the move is right too."""
        assert self.moved is not None
        printed, place = printing_like(*number), len(self.claims)
        moved, still = self.moved.point.value(key), self.truth.value(key)
        if moved.overlaps(printed) or still.overlaps(printed):
            if before is not None and before.has_numbers and fits is False:
                self._blame_formula(before)
            self._put(span, key, moved, Verdict.CORRECT, kind, None, "while a parameter is moved")
        else:
            cause = self._cause_of(before) if fits and before is not None else None
            if cause is not None:
                self._put(span, key, moved, Verdict.FOLLOWS, kind, cause, "follows from an earlier mistake")
            elif fits and before is not None and before.verdict not in BLAMED:
                self._put(span, key, moved, Verdict.ROUNDED, kind, None, "follows from rounded numbers")
            else:
                self._put(span, key, moved, Verdict.WRONG, kind, None, "not true while the parameter is moved")
        self.carried.state(key + MOVED, Stated(number, self.claims[place].verdict, place))

    def _quotient(self, subject: _Subject | None, number: Printed) -> arb | None:
        """Return the difference quotient, or the gradient, that a number near a moved parameter may be."""
        if self.moved is None or subject is None or subject.keys is not None or not isinstance(subject.node, Quotient):
            return None
        divisor = decimal(subject.node.denominator)
        if divisor is None or abs(divisor[0]) not in (abs(self.moved.size), 2 * abs(self.moved.size)):
            return None
        printed = printing_like(*number)
        for name in (*self.graph.loss_terms, "loss"):
            moved, still = self.moved.point.value(name), self.truth.value(name)
            found = (moved - still) / exact(self.moved.size)
            gradient = self.truth.partial(name, self.moved.parameter)
            for one in (found, gradient):
                if one.overlaps(printed):
                    return one
        return None

    def _starts_here(self, before: _Formula) -> bool:
        """Whether a formula follows from a mistake in its own chain."""
        return before.verdict is Verdict.FOLLOWS and self._root(before.claim) >= self._chain_start

    def _unknown_number(
        self, key: str, number: Printed, span: tuple[int, int], before: _Formula | None, fits: bool | None, kind: str
    ) -> None:
        """Judge a number whose truth is not known: by what stands before it in the chain."""
        if before is None or fits is None:
            earlier = self.carried.stated(key) if key else []
            if earlier:
                same = earlier[-1].number == number
                self._put(span, key, None, Verdict.CORRECT if same else Verdict.UNDECIDED, kind, None, "as printed before" if same else "printed before with another value")
            else:
                self._put(span, key, None, Verdict.UNDECIDED, kind, None, "not enough is known")
        elif fits:
            cause = self._root(before.claim) if before.verdict is Verdict.FOLLOWS else self._false_operand(before.node)
            verdict = Verdict.FOLLOWS if cause is not None else Verdict.CORRECT
            self._put(span, key, None, verdict, kind, cause, "follows from what is put in place")
        elif before.has_numbers:
            self._put(span, key, None, Verdict.WRONG, kind, None, "what stands before it gives another number")
        else:
            self._put(span, key, None, Verdict.UNDECIDED, kind, None, "not enough is known")

    def _false_number(
        self,
        key: str,
        truth: arb,
        number: Printed,
        span: tuple[int, int],
        before: _Formula | None,
        fits: bool | None,
        literal: arb | None,
        kind: str,
    ) -> None:
        printed, unit = printing_like(*number), float(number[1])
        if fits and before is not None:
            if before.verdict is Verdict.WRONG or self._starts_here(before):
                self._put(span, key, truth, Verdict.WRONG, kind, None, "what stands before it is wrong")
                return
            cause = self._cause_of(before)
            if cause is not None:
                self._put(span, key, truth, Verdict.FOLLOWS, kind, cause, "follows from an earlier mistake")
                return
            if before.verdict not in BLAMED:
                self._put(span, key, truth, Verdict.ROUNDED, kind, None, "follows from rounded numbers")
                return
        earlier = [one for one in self.carried.stated(key) if one.number == number] if key else []
        if earlier:
            said = earlier[-1]
            if said.verdict in FALSE:
                self._put(span, key, truth, Verdict.FOLLOWS, kind, self._root(said.claim), "repeats an earlier number")
            else:
                self._put(span, key, truth, Verdict.ROUNDED, kind, None, "repeats an earlier number")
            return
        found = self._shown_before(key, printed) or self._explained(key, printed, unit) if key else None
        if found is None or found[0] is Verdict.UNDECIDED:
            cause = self._same_rule(key, printed) if key else None
            if cause is not None:
                found = Verdict.FOLLOWS, cause, "follows from the rule used there"
        if found is not None:
            verdict, cause, message = found
            self._put(span, key, truth, verdict, kind, cause, message)
            return
        message = "what stands before it gives another number" if before is not None and before.has_numbers and fits is False else "not true, and nothing printed before explains it"
        self._put(span, key, truth, Verdict.WRONG, kind, None, message)

    def _shown_before(self, key: str, printed: arb) -> tuple[Verdict, int | None, str] | None:
        """Say whether an expression that the document showed for a key before gives a number."""
        for node, claim in reversed(self._shown.get(key, [])):
            try:
                value = self._resolver(self._latest).value(node)
            except Unknown:
                continue
            if isinstance(value, Dual) and value.value.overlaps(printed):
                verdict = self.claims[claim].verdict
                if verdict in (*BLAMED, Verdict.FOLLOWS):
                    return Verdict.FOLLOWS, self._root(claim), "follows from an earlier mistake"
                return Verdict.ROUNDED, None, "follows from rounded numbers"
        return None

    def _explained(self, key: str, printed: arb, unit: float) -> tuple[Verdict, int | None, str] | None:
        """Say how a number that is not true comes from the document's own numbers, if it does.

        What the document printed last comes first, digit for digit, as a person works; then what those digits may
        stand for; then the same with every mistake mended.
        """
        wide = False
        for sound, literal in ((False, True), (False, False), (True, True), (True, False)):
            for worked in self.carried.ways(key, sound, literal):
                if not worked.ball.overlaps(printed):
                    continue
                if width(worked.ball) > WIDEST * unit:
                    wide = wide or worked.ball.rad() < abs(worked.ball.mid()) * VAGUE
                    continue
                if worked.causes:
                    return Verdict.FOLLOWS, min(map(self._root, worked.causes)), "follows from an earlier mistake"
                return Verdict.ROUNDED, None, "follows from rounded numbers"
        return (Verdict.UNDECIDED, None, "the rounded numbers before it allow too much") if wide else None

    def _same_rule(self, key: str, printed: arb) -> int | None:
        """Return the claim whose wrong rule gives this number too, for another neuron of the same layer."""
        for known, node, claim in reversed(self._wrong_forms):
            rename = _swap(known, key)
            if rename is None:
                continue
            if any(isinstance(part, Derivative) and self._is_no_path(part) for part in parts(node)):
                return claim
            if rename == {}:
                swapped: Callable[[str], str] = lambda name: name
            else:
                swapped = _renamer(self.graph, rename)
            try:
                value = self._resolver(self._latest, swapped).value(node, self._operand if rename == {} else None)
            except Unknown:
                if ":" in key and self.claims[claim].kind == "formula":
                    return claim
                continue
            if isinstance(value, Dual) and value.value.overlaps(printed):
                return claim
        if ":" in key:
            for claim in self._siblings(key):
                return claim
        return None

    def _siblings(self, key: str) -> Iterator[int]:
        """Yield the wrong rules from which the gradients of other neurons of the same layer follow."""
        stem = _stem(key)
        for place in range(len(self.claims) - 1, -1, -1):
            claim = self.claims[place]
            if claim.verdict is Verdict.FOLLOWS and claim.cause is not None and _stem(claim.quantity) == stem:
                if self.claims[claim.cause].kind == "formula":
                    yield claim.cause

    def _cause_of(self, before: _Formula) -> int | None:
        if before.verdict is Verdict.FOLLOWS:
            return self._root(before.claim)
        if before.verdict in BLAMED:
            return before.claim
        return self._false_operand(before.node) if before.has_numbers else self._false_name(before.node)

    def _false_operand(self, node: Written, certainly: bool = True) -> int | None:
        """Return the first mistake from which a printed operand comes, if one does.

        Where the same digits stand for something true too, it counts only if not asked for with certainty.
        """
        causes = []
        for part in _numbers_in(node):
            found = decimal(part)
            if found is None or found[1] == 1:
                continue
            stated = [one for _, one in self.carried.of_number(found)]
            negated = [one for _, one in self.carried.of_number((-found[0], found[1]))]
            said = stated or negated
            false = [one for one in said if one.verdict in FALSE]
            if false and (len(false) == len(said) or not certainly):
                causes.append(self._root(false[-1].claim))
        name = self._false_name(node)
        if name is not None:
            causes.append(name)
        return min(causes) if causes else None

    def _said(self, key: str) -> list[Stated]:
        """Return what the document printed for a key where it stands."""
        if self.moved is not None and self.moved.marks(key):
            return self.carried.stated(key + MOVED)
        return self.carried.stated(key)

    def _false_name(self, node: Written) -> int | None:
        """Return the first mistake in the numbers of what a formula names."""
        causes = []
        for part in parts(node):
            if not isinstance(part, (Symbol, Derivative)):
                continue
            keys = keys_of(part, self.binding, self.scope)
            for row in keys or ():
                for key in row:
                    said = self._said(key)
                    if said and said[-1].verdict in FALSE:
                        causes.append(self._root(said[-1].claim))
        return min(causes) if causes else None

    def _root(self, claim: int) -> int:
        cause = self.claims[claim].cause
        return claim if cause is None else cause

    # Formulas.

    def _formula(self, subject: _Subject | None, side: Side, before: _Formula | None) -> _Formula | None:
        node = side.node
        assert node is not None
        literals = [found for found in map(decimal, _numbers_in(node)) if found is not None]
        named = any(isinstance(part, (Symbol, Derivative)) for part in parts(node))
        has_numbers = any(unit < 1 and value not in _STRUCTURAL for value, unit in literals) or (not named and bool(literals))
        span = (side.start, side.end)
        key = _lone(subject.keys) if subject else ""
        if not has_numbers and named:
            verdict, cause, message = self._symbolic(subject, node)
            has_cases = any(isinstance(part, Cases) for part in parts(node))
            if verdict in BLAMED and literals and not has_cases and self._reaches(subject, node):
                verdict, cause, message = Verdict.CORRECT, None, "with numbers in place"
            kind = "formula"
        else:
            verdict, cause, message = self._substituted(subject, node, before)
            kind = "substitution"
        place = len(self.claims)
        self._is_certain = (subject is None or subject.is_certain) and all(
            self.binding.trusts(symbol) for symbol in symbols(node) if symbol.base
        )
        if verdict is Verdict.WRONG and not self._is_certain:
            verdict, cause, message = Verdict.UNDECIDED, None, "it is not certain what this is about"
        if verdict is Verdict.WRONG and kind == "formula" and key:
            earlier = next((claim for known, form, claim in self._wrong_forms if known == key and form == node), None)
            if earlier is not None:
                verdict, cause, message = Verdict.FOLLOWS, earlier, "repeats an earlier formula"
            self._wrong_forms.append((key, node, place if earlier is None else earlier))
        self._put(span, key, None, verdict, kind, cause, message)
        if kind == "substitution":
            self._operands(side, place)
        if key and kind == "substitution":
            self._shown.setdefault(key, []).append((node, place))
        return _Formula(node, place, verdict, has_numbers or not named)

    def _symbolic(self, subject: _Subject | None, node: Written) -> tuple[Verdict, int | None, str]:
        """Judge a formula in symbols: equal to what it is about at the author's numbers, and at others."""
        if subject is None:
            return Verdict.UNDECIDED, None, "it is not clear what this is about"
        absent = next((part for part in parts(node) if isinstance(part, Derivative) and self._is_no_path(part)), None)
        if absent is not None and isinstance(node, Product):
            return Verdict.WRONG, None, "it has a factor through a path that does not exist: a parameter does not depend on an activation"
        if subject.is_absent:
            return self._of_nothing(node)
        if isinstance(subject.node, Call) and any(isinstance(part, Symbol) and not part.subscript for part in subject.node.arguments):
            function = self._as_function(subject.node, node)
            if function is not None and function[0] is Verdict.CORRECT:
                return function
        here = self._compare(subject.node, node, self.truth, subject)
        near, far = [], []
        for point, same in self._points_for(node):
            (near if same else far).append(self._compare(subject.node, node, point, subject))
        if (here is None or here is False) and self._sums_samples(node):
            batch = self._over_batch(subject, node)
            if batch is not None:
                return batch
        if here is None and not any(outcome is not None for outcome in near):
            general = self._general(subject, node) or self._misnamed(subject, node) or self._broken_chain(node)
            return general or self._as_function(subject.node, node) or (Verdict.UNDECIDED, None, "this is not understood")
        if here is False or (here is None and False in near):
            return self._as_function(subject.node, node) or self._other_loss(subject, node) or (Verdict.WRONG, None, "not what it stands for")
        if False in near:
            return Verdict.SLIP, None, "the formula is wrong; only here its value is right"
        if self._lacks_a_case(node):
            return Verdict.SLIP, None, "the cases do not cover every value"
        if False in far and self._uses_new_values(subject, node):
            return Verdict.SLIP, None, "it uses values after the update; only here its value is right"
        if False in far:
            return Verdict.CORRECT, None, "true on this side of the kink"
        return Verdict.CORRECT, None, f"equal at all {1 + len(near) + len(far)} points tried"

    def _sums_samples(self, node: Written) -> bool:
        return len(self.graph.samples) > 1 and any(isinstance(part, IndexedSum) for part in parts(node))

    def _over_batch(self, subject: _Subject, node: Written) -> tuple[Verdict, int | None, str] | None:
        """Judge a sum over the samples as what it is: about the loss of the batch."""
        if not isinstance(subject.node, Derivative):
            return None
        for one, other in instances(subject.node, node, self.binding, self.graph, False):
            by = keys_of(one.by, self.binding, Scope()) if isinstance(one, Derivative) else None
            keys = _lone(by)
            wanted = [f"batch:{keys}"] if keys else [f"batch:{parameter}" for parameter in self.graph.parameters]
            fits = [key for key in wanted if self._holds(((key,),), other)]
            if keys:
                return (Verdict.CORRECT, None, "the gradient of the batch") if fits else None
            if len(fits) == 1 and isinstance(one, Derivative) and isinstance(one.by, Symbol):
                return Verdict.SLIP, None, f"{spelling(one.by)} names nothing; the formula is that of {fits[0]}"
        return None

    def _holds(self, keys: Keys, node: Written) -> bool:
        """Whether a formula is what keys stand for, wherever the same units are active."""
        about = _Subject(Symbol(""), keys, None)
        results = [self._compare(about.node, node, point, about) for point, same in [(self.truth, True), *self.others[:8]] if same]
        return True in results and False not in results

    def _misnamed(self, subject: _Subject, node: Written) -> tuple[Verdict, int | None, str] | None:
        """Say whether a gradient by a name that means nothing is the gradient by just one parameter."""
        left = subject.node
        if subject.keys is not None or not isinstance(left, Derivative) or not isinstance(left.by, Symbol) or not isinstance(left.of, Symbol):
            return None
        name = spelling(left.by)
        role = self.binding.family_role(name)
        if role not in ("w", "b") or self.binding.of(left.by) is not None or not any(mark.isdigit() for mark in name.below):
            return None
        fits = [parameter for parameter in self.graph.parameters if parameter.startswith(role) and self._holds(((f"loss:{parameter}",),), node)]
        if len(fits) == 1:
            return Verdict.SLIP, None, f"{name} names nothing; the formula is that of {fits[0]}"
        return None

    def _broken_chain(self, node: Written) -> tuple[Verdict, int | None, str] | None:
        """Blame a product of derivatives with letters for indices if one of its factors need not exist."""
        if not isinstance(node, Product) or not all(isinstance(factor, Derivative) for factor in node.factors):
            return None
        for _, one in instances(Number("0"), node, self.binding, self.graph):
            for factor in parts(one):
                keys = keys_of(factor, self.binding, self.scope) if isinstance(factor, Derivative) else None
                of, _, by = _lone(keys).partition(":")
                if by and of != by and of in self.graph.quantities and of not in self.graph.dependents(by):
                    return Verdict.WRONG, None, f"a factor is missing or has a wrong index: {of} does not depend on {by}"
        return None

    def _uses_new_values(self, subject: _Subject, node: Written) -> bool:
        """Whether a gradient is built from parameters after the update."""
        return ":" in _lone(subject.keys) and any(
            key.endswith(NEW)
            for part in parts(node)
            if isinstance(part, Symbol)
            for row in keys_of(part, self.binding, self.scope) or ()
            for key in row
        )

    def _points_for(self, node: Written) -> list[tuple[Point, bool]]:
        """Return the points at which a formula is tried: one that names a target must be true for other targets too."""
        if self.graph.loss_row.name == "squared-error" or not any(
            key.startswith("t.")
            for part in parts(node)
            if isinstance(part, Symbol)
            for row in keys_of(part, self.binding, self.scope) or ()
            for key in row
        ):
            return self.others
        if not self._with_targets:
            self._with_targets = list(other_points(self.graph, self.kinks, self.truth, False))
        return [*self.others[:10], *self._with_targets]

    def _as_function(self, left: Written, right: Written) -> tuple[Verdict, int | None, str] | None:
        """Judge a formula as the definition of a function, and the words above it as its name."""
        found = defines_function(left, right, self.graph)
        if found is None:
            return None
        fits, names = found
        wanted = named_function(self._label)
        if fits and wanted and names and wanted not in names and self._label_span:
            start, end = self._label_span
            self._put((start, end), "", None, Verdict.SLIP, "label", None, f"what follows is {names[0]}, not {wanted}")
            self._label_span = None
        return (Verdict.CORRECT, None, "a function of the network") if fits else (Verdict.WRONG, None, "not that function")

    def _other_loss(self, subject: _Subject, node: Written) -> tuple[Verdict, int | None, str] | None:
        """Leave open whether a loss that is written down is meant to be used, if it is of another kind than the spec's."""
        if _lone(subject.keys).partition("@")[0] not in ("loss", "batch"):
            return None
        ratios = []
        for point, _ in self.others[:8]:
            try:
                value = self._resolver(point.value).value(node)
                if not isinstance(value, Dual):
                    return None
                ratios.append(value.value / point.value("loss"))
            except Unknown:
                continue
        if ratios and all(ratio.overlaps(ratios[0]) for ratio in ratios):
            return None
        return Verdict.UNDECIDED, None, "another loss than that of the spec"

    def _of_nothing(self, node: Written) -> tuple[Verdict, int | None, str]:
        """Judge what is said to equal the derivative of a parameter by what it does not depend on, which is 0."""
        if all(not isinstance(part, Derivative) or self._is_no_path(part) for part in _terms(node)) and any(
            isinstance(part, Derivative) for part in _terms(node)
        ):
            return Verdict.UNDECIDED, None, "there is no such path"
        return Verdict.WRONG, None, "a parameter does not depend on an activation: this derivative is 0"

    def _lacks_a_case(self, node: Written) -> bool:
        for part in parts(node):
            if isinstance(part, Cases) and all(condition != Text("") for _, condition in part.branches):
                for point, _ in self.others:
                    try:
                        self._resolver(point.value).value(part)
                    except Unknown as error:
                        if str(error) == "no case applies":
                            return True
        return False

    def _compare(self, left: Written, right: Written, point: Point, subject: _Subject) -> bool | None:
        """Say whether two formulas are equal at a point; None where they have no value there."""
        try:
            resolver = self._resolver(point.value)
            first = resolver._valued(subject.keys) if subject.keys is not None else resolver.value(left)
            return _equal(first, resolver.value(right))
        except Unknown:
            return None

    def _general(self, about: _Subject, right: Written) -> tuple[Verdict, int | None, str] | None:
        """Judge a rule with letters for indices, by every number that the letters can stand for."""
        held = failed = 0
        for one, other in instances(about.node, right, self.binding, self.graph):
            keys = keys_of(one, self.binding, self.scope)
            if keys is not None and about.is_update:
                keys = _updated(keys)
            subject = _Subject(one, keys, None)
            results = [self._compare(one, other, point, subject) for point, same in [(self.truth, True), *self.others[:6]] if same]
            if False in results:
                failed += 1
            elif True in results:
                held += 1
        if not held and not failed:
            return None
        if not failed:
            return Verdict.CORRECT, None, f"true for all {held} indices"
        if isinstance(about.node, Symbol) and self.binding.family_role(spelling(about.node)) == "loss":
            return Verdict.UNDECIDED, None, "another loss than that of the spec"
        if failed >= held:
            return Verdict.WRONG, None, f"not true for {failed} of {held + failed} indices"
        return Verdict.UNDECIDED, None, f"not true for {failed} of {held + failed} indices"

    def _reaches(self, subject: _Subject | None, node: Written) -> bool:
        """Whether a formula with plain numbers in place of names gives the right value."""
        if subject is None or subject.truth is None:
            return False
        try:
            value = self._resolver(self.truth.value).value(node, self._operand)
        except Unknown:
            return False
        return _overlap(subject.truth, value)

    def _substituted(self, subject: _Subject | None, node: Written, before: _Formula | None) -> tuple[Verdict, int | None, str]:
        """Judge a formula with numbers in place: does it give what it stands for?"""
        try:
            value = self._resolver(self._latest).value(node, self._operand)
        except Unknown as error:
            return Verdict.UNDECIDED, None, str(error)
        cause = self._false_operand(node)
        if subject is None or subject.truth is None or subject.is_absent:
            if cause is not None:
                return Verdict.FOLLOWS, cause, "an operand comes from an earlier mistake"
            return Verdict.CORRECT, None, "nothing is known to the contrary"
        if _overlap(subject.truth, value):
            return Verdict.CORRECT, None, ""
        cause = self._false_operand(node, False)
        if cause is None and subject.keys is None and self._gives(subject.node, node):
            return Verdict.ROUNDED, None, "follows from rounded numbers"
        if cause is not None:
            return Verdict.FOLLOWS, cause, "an operand comes from an earlier mistake"
        if before is not None and before.verdict in (*BLAMED, Verdict.FOLLOWS):
            return Verdict.FOLLOWS, self._root(before.claim), "the formula before it is wrong"
        key = _lone(subject.keys)
        form = next((claim for known, _, claim in reversed(self._wrong_forms) if known == key), None) if key else None
        if form is not None:
            return Verdict.FOLLOWS, form, "the formula for it is wrong"
        if before is not None and before.has_numbers and self._gives(before.node, node):
            return Verdict.ROUNDED, None, "follows from rounded numbers"
        found = self._entries_explained(subject, value, _finest(node))
        if found is not None:
            return found
        if isinstance(subject.truth, Dual) and not _lone(subject.keys).endswith(NEW) and self._may_be(node, subject.truth.value):
            return Verdict.UNDECIDED, None, "an operand may be rounded"
        return Verdict.WRONG, None, "what is put in place does not give what it stands for"

    def _entries_explained(self, subject: _Subject, value: Value, unit: float) -> tuple[Verdict, int | None, str] | None:
        """Say how what a formula gives comes from the document's own numbers, if every entry of it does."""
        rows: Rows = ((value,),) if isinstance(value, Dual) else value
        keys = self._keys_like(subject, (len(rows), len(rows[0])))
        if keys is None:
            return None
        result: tuple[Verdict, int | None, str] | None = None
        for line, ones in zip(keys, rows, strict=True):
            for key, one in zip(line, ones, strict=True):
                if not key:
                    return None
                try:
                    if self._true(key).overlaps(one.value):
                        continue
                except Unknown:
                    return None
                found = self._explained(key, one.value, unit)
                if found is None:
                    return None
                if result is None or found[0] is Verdict.FOLLOWS:
                    result = found
        return result

    def _gives(self, before: Written, node: Written) -> bool:
        try:
            resolver = self._resolver(self._latest)
            return _overlap(resolver.value(before, self._operand), resolver.value(node, self._operand))
        except Unknown:
            return False

    def _operands(self, side: Side, formula: int) -> None:
        """Judge the numbers put in place one by one, as far as it is known what they stand for."""
        entries = {id(entry) for part in parts(side.node or Text("")) if isinstance(part, Matrix) for row in part.rows for entry in row}
        is_right = self.claims[formula].verdict in (Verdict.CORRECT, Verdict.ROUNDED)
        for node, start, end in side.numbers:
            number = decimal(node)
            if number is None or (number[1] == 1 and id(node) not in entries):
                continue
            said = [(key, one) for key, one in self.carried.of_number(number)]
            said = said or [(key, one) for key, one in self.carried.of_number((-number[0], number[1]))]
            if said and all(one.verdict in FALSE for _, one in said):
                key, one = said[-1]
                self._put((start, end), key, None, Verdict.FOLLOWS, "operand", self._root(one.claim), "copied from an earlier mistake")
            elif said:
                self._put((start, end), said[-1][0], None, Verdict.CORRECT, "operand", None, "as printed before")
            elif number[0] in self._givens or is_right:
                self._put((start, end), "", None, Verdict.CORRECT, "operand", None, "fits what stands around it")

    def _blame_formula(self, before: _Formula) -> None:
        """Call the formula before a right number a slip: its own digits do not give that number."""
        claim = self.claims[before.claim]
        if claim.verdict not in (*BLAMED, Verdict.FOLLOWS):
            self.claims[before.claim] = replace(
                claim, verdict=Verdict.SLIP, message="these digits do not give the number behind them, which is right"
            )
            before.verdict = Verdict.SLIP
        elif claim.verdict is Verdict.WRONG:
            self.claims[before.claim] = replace(claim, verdict=Verdict.SLIP)
            before.verdict = Verdict.SLIP

    # Output.

    def _unread(self, side: Side) -> None:
        self._put((side.start, side.end), "", None, Verdict.UNDECIDED, "text", None, f"cannot be read: {side.problem}")

    def _put(
        self,
        span: tuple[int, int],
        key: str,
        truth: arb | None,
        verdict: Verdict,
        kind: str,
        cause: int | None,
        message: str,
    ) -> None:
        if verdict is Verdict.WRONG and not self._is_certain:
            verdict, message = Verdict.UNDECIDED, "it is not certain what this is about"
        line, column = self.document.source.place(span[0])
        written = self.document.source.text[span[0] : span[1]].strip()
        expected = "" if truth is None or truth.is_nan() else _shown(truth)
        self.claims.append(Claim(line, column, key, written, expected, verdict, kind, cause, message))


_STRUCTURAL = (Fraction(1, 2), Fraction(2), Fraction(1), Fraction(0), Fraction(-1), Fraction(1, 10) * 0)


def _finest(node: Written) -> float:
    """Return the smallest unit of the printed numbers of a formula."""
    return min((float(found[1]) for found in map(decimal, _numbers_in(node)) if found is not None), default=1.0)


def _numbers_in(node: Written) -> Iterator[Written]:
    """Yield the printed numbers of a formula, outside indices."""
    for part in parts(node):
        if isinstance(part, Number):
            yield part


def _terms(node: Written) -> Iterator[Written]:
    if isinstance(node, Sum):
        for term in node.terms:
            yield from _terms(term)
    elif isinstance(node, Group):
        yield from _terms(node.body)
    else:
        yield node


def _lone(keys: Keys | None) -> str:
    return keys[0][0] if keys is not None and len(keys) == len(keys[0]) == 1 else ""


def _divides_by(side: Side, count: int) -> bool:
    """Whether a side divides by the number of samples."""
    wanted = Number(str(count))
    return side.node is not None and any(isinstance(part, Quotient) and part.denominator == wanted for part in parts(side.node))


def _sets_parameters(subject: _Subject | None) -> bool:
    """Whether an arrow behind a name sets it: it is a parameter, or it is not known."""
    if subject is None or subject.keys is None:
        return isinstance(subject.node, Symbol) if subject is not None else False
    return all(key.endswith(NEW) for row in subject.keys for key in row if key)


def _updated(keys: Keys) -> Keys:
    return tuple(tuple(key + NEW if _is_parameter(key) else key for key in row) for row in keys)


def _is_parameter(key: str) -> bool:
    return key.startswith(("w.", "b.")) and not key.endswith(NEW)


def _laid_out(value: Value, shape: tuple[int, int]) -> list[list[arb | None]] | None:
    """Return balls in the shape in which numbers are printed, turned if need be."""
    rows: Rows = ((value,),) if isinstance(value, Dual) else value
    if (len(rows), len(rows[0])) != shape:
        if (len(rows[0]), len(rows)) != shape or 1 not in shape:
            return None
        rows = tuple(zip(*rows, strict=True))
    return [[None if one.value.is_nan() else one.value for one in row] for row in rows]


def _fits(literal: arb | None, ball: arb | None, printed: arb, unit: float) -> bool | None:
    """Say whether a number is what the formula before it gives; None where that has no value."""
    if literal is None and ball is None:
        return None
    if literal is not None and literal.overlaps(printed):
        return True
    return ball is not None and bool(ball.overlaps(printed))


def _overlap(truth: Value, value: Value) -> bool:
    left: Rows = ((truth,),) if isinstance(truth, Dual) else truth
    shape = (len(left), len(left[0]))
    right = _laid_out(value, shape)
    if right is None:
        return True
    for row, others in zip(left, right, strict=True):
        for one, other in zip(row, others, strict=True):
            if other is not None and not one.value.is_nan() and not one.value.overlaps(other):
                return False
    return True


def _equal(first: Value, second: Value) -> bool | None:
    left: Rows = ((first,),) if isinstance(first, Dual) else first
    right = _laid_out(second, (len(left), len(left[0])))
    if right is None:
        return None
    return all(
        other is None or one.value.is_nan() or one.value.overlaps(other)
        for row, others in zip(left, right, strict=True)
        for one, other in zip(row, others, strict=True)
    )


def _shown(truth: arb) -> str:
    return re.sub(r"\s*\[?\+/-.*$", "", truth.str(10, radius=False)).strip("[]")


def _stem(key: str) -> str:
    """Return a key without the numbers of neurons: keys with one stem belong to neurons of the same layers."""
    return re.sub(r"\b([wbzatx])\.(\d+)\.[\d.]+", r"\1.\2", key)


def _swap(known: str, key: str) -> dict[tuple[int, int], int] | None:
    """Return which neurons to exchange, as (layer, neuron) → neuron, so that one key becomes another."""
    if known == key:
        return {}
    if _stem(known) != _stem(key):
        return None
    found: dict[tuple[int, int], int] = {}
    for one, other in zip(_neurons(known), _neurons(key), strict=True):
        if one != other:
            found[one] = other[1]
            found[other] = one[1]
    return found


def _neurons(key: str) -> list[tuple[int, int]]:
    found = []
    for kind, layer, neuron, source in re.findall(r"\b([wbza])\.(\d+)\.(\d+)(?:\.(\d+))?", key):
        found.append((int(layer), int(neuron)))
        if source:
            found.append((int(layer) - 1, int(source)))
    found.extend((0, int(number)) for number in re.findall(r"\bx\.(\d+)", key))
    return found


def _renamer(graph: Graph, swaps: dict[tuple[int, int], int]) -> Callable[[str], str]:
    def swapped(match: re.Match[str]) -> str:
        kind, layer, neuron, source = match.groups()
        number = swaps.get((int(layer), int(neuron)), int(neuron))
        if source:
            return f"{kind}.{layer}.{number}.{swaps.get((int(layer) - 1, int(source)), int(source))}"
        return f"{kind}.{layer}.{number}"

    def rename(key: str) -> str:
        renamed = re.sub(r"\b([wbza])\.(\d+)\.(\d+)(?:\.(\d+))?", swapped, key)
        return re.sub(r"\bx\.(\d+)", lambda match: f"x.{swaps.get((0, int(match[1])), int(match[1]))}", renamed)

    return rename


def is_blamed(claim: Claim) -> bool:
    """Whether a mistake stands at a claim."""
    return claim.verdict in BLAMED


_ = (Call, Matrix, Transpose)
