"""Tables: every number in them is compared with what its row and column name, as far as the page has values for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from mpmath import mp

from tests.checker.arithmetic import Activation, Array, Evaluator, Interval, Unknown, interval, nothing, real
from tests.checker.full import InFull
from tests.checker.judge import Judge
from tests.checker.knowing import NEW, Knowledge
from tests.checker.latex import FUNCTIONS
from tests.checker.reading import Cell, Table
from tests.checker.report import Verdict
from tests.checker.rounding import Known, agree, rounds, spread
from tests.checker.tree import Call, Digits, Matrix, Name, Node, is_printed, literal, names, numbers

Meaning = tuple[str, str]
"""What a row or column of numbers is of the quantities it goes with: a kind, and the mark or loss that belongs to it."""


def judge_table(judge: Judge, table: Table) -> None:
    """Note what the cells of a table say; on the second reading judge them too."""
    take_notes(judge, table)
    if judge.before is not None:
        Judged(judge, table).judge_all()
        judge_activations(judge, table)


def take_notes(judge: Judge, table: Table) -> None:
    """Note the quantities that a letter above and a neuron beside a number name, and the neurons' functions."""
    for row in table.rows:
        label = next((cell for cell in row if is_label(cell)), None)
        for head, cell in zip(table.header, row, strict=False):
            node = value_of(cell)
            if label is not None and node is not None and is_label(head) and (digits := literal(node)) is not None:
                known = Known(digits.value, digits, False, next(numbers(node)).start)
                judge.knowledge.record(f"{name_of(head)}_{label.index}", known)
                if judge.knowledge.carry == "printed":
                    judge.knowledge.initial.add(f"{name_of(head)}_{label.index}")
    for row in table.rows if numbers_samples(table) else ():
        for head, cell in zip(table.header, row, strict=False):
            node = value_of(cell)
            if is_label(head) and node is not None and (digits := literal(node)) is not None:
                known = Known(digits.value, digits, False, next(numbers(node)).start)
                judge.knowledge.record(f"{name_of(head)}[{row[0].words}]", known)
    for letter, body, cells in activation_rows(judge, table):
        digits = literal(cells[0].node) if cells[0].node is not None else None
        if digits is not None:
            wide = range_of(judge, digits)
            judge.knowledge.activations.append(Activation(letter, wide.low, wide.high, body))


def range_of(judge: Judge, digits: Digits) -> Interval:
    """Return the values that a number in a table may have: where exact values carry it may be a rounded one."""
    known = judge.knowledge
    return Interval(digits.value, digits.value) if known.carry == "printed" else spread(digits, known.mode)


def activation_rows(judge: Judge, table: Table) -> Iterator[tuple[str, tuple[str, Node], list[Cell]]]:
    """Yield the letter for the activation function, a neuron's function, and the numbers of its row."""
    for column, head in enumerate(table.header):
        bodies = [function_of(judge, row[column]) for row in table.rows if column < len(row)]
        if not is_label(head) or not bodies or not all(bodies):
            continue
        for row, body in zip(table.rows, bodies, strict=False):
            values = [cell for cell in row if value_of(cell) is not None]
            if values and body is not None:
                yield name_of(head), body, values


def function_of(judge: Judge, cell: Cell) -> tuple[str, Node] | None:
    """Return the function that a cell names (``ReLU``) or writes down (``p²``), as a letter and a formula in it.

    A name that is not everybody's is one that the page explains.
    """
    if cell.node is None or isinstance(cell.node, Name):
        word = cell.words or (cell.node.text if cell.node is not None else "")
        explained = word if any(chain.titled == word for chain in judge.page.chains) else None
        function = FUNCTIONS.get(word.lower(), explained)
        return ("x", Call(function, (Name("x"),))) if function is not None else None
    letters = {name.key for name in names(cell.node)}
    return (letters.pop(), cell.node) if len(letters) == 1 else None


def is_joint(body: tuple[str, Node]) -> bool:
    """Whether a function is one of all neurons of its layer."""
    return isinstance(body[1], Call) and body[1].function == "softmax"


def judge_joint(judge: Judge, rows: list[list[Cell]]) -> None:
    """Judge the activations of a softmax, a row for each neuron, against the pre-activations of all of them."""
    pairs = [tuple(literal(cell.node) if cell.node is not None else None for cell in cells[:2]) for cells in rows]
    if any(len(pair) < 2 or None in pair for pair in pairs) or not pairs:
        return
    before = [range_of(judge, pair[0]) for pair in pairs]
    powers = [Interval(real(mp.exp(real(each.low))), real(mp.exp(real(each.high)))) for each in before]
    for place, (cells, (_, after)) in enumerate(zip(rows, pairs, strict=True)):
        others = [power for other, power in enumerate(powers) if other != place]
        low = powers[place].low / (powers[place].low + sum(other.high for other in others))
        high = powers[place].high / (powers[place].high + sum(other.low for other in others))
        there = spread(after, judge.knowledge.mode)
        if low > real(there.high) or real(there.low) > high:
            judge.note("fails", cells[1].at, f"the share is between {float(low)} and {float(high)}, not {after}")
        for number in numbers(cells[1].node):
            judge.report.pin(number, "activation", -1)


def judge_activations(judge: Judge, table: Table) -> None:
    """Judge the activation in each row of a table against the function of the pre-activation before it."""
    rows = list(activation_rows(judge, table))
    judge_joint(judge, [cells for _, body, cells in rows if is_joint(body)])
    for _, body, cells in rows:
        if is_joint(body) or len(cells) < 2 or cells[0].node is None or cells[1].node is None:
            continue
        before, after = literal(cells[0].node), literal(cells[1].node)
        if before is None or after is None:
            continue
        try:
            value = Evaluator(nothing, {}).apply_body(body, before.value)
            ranged = interval(Evaluator(nothing, {}).apply_body(body, range_of(judge, before)))
        except Unknown:
            continue
        there = spread(after, judge.knowledge.mode)
        loose = judge.knowledge.carry == "exact"
        overlap = real(ranged.low) <= real(there.high) and real(there.low) <= real(ranged.high)
        if not rounds(value, after, judge.knowledge.mode) and not (loose and overlap):
            judge.note("fails", cells[1].at, f"the function of {before} is {float(real(value))}, not {after}")
        for number in numbers(cells[1].node):
            judge.report.pin(number, "activation", -1 if loose else None)


class Judged:
    """A table being judged: names stand in a column of labels, in the header, or in both."""

    def __init__(self, judge: Judge, table: Table) -> None:
        self.judge = judge
        assert judge.before is not None
        self.known = judge.before
        self.table = table

    def judge_all(self) -> None:
        rows = [row for row in self.table.rows if any(value_of(cell) for cell in row)]
        labels = [next((cell for cell in row if is_label(cell)), None) for row in rows]
        header_names = [is_label(cell) for cell in self.table.header]
        lines: list[list[tuple[str, Cell]]] = []
        composed: list[tuple[str, Cell]] = []
        if sum(header_names) >= 2 and not all(labels):
            for row in rows:
                pairs = [(head, cell) for head, cell in zip(self.table.header, row, strict=False) if value_of(cell)]
                named = [(self.compose(head, None, row), cell) for head, cell in pairs if is_label(head)]
                if all(key is not None for key, _ in named):
                    composed += [(key, cell) for key, cell in named if key is not None]
                    continue
                line = [(name_of(head), cell) for head, cell in pairs if is_label(head)]
                if self.has_samples:
                    self.judge_sample(line, self.of_sample(row[0].words))
                elif self.is_sample(line):
                    self.judge_sample(line, self.digits(line))
                else:
                    lines.append(line)
        else:
            width = max((len(row) for row in rows), default=0)
            for column in range(width):
                line = []
                for row, label in zip(rows, labels, strict=True):
                    if column >= len(row) or not value_of(row[column]):
                        continue
                    head = self.table.header[column] if column < len(self.table.header) else None
                    key = self.compose(head, label, row)
                    if key is not None:
                        composed.append((key, row[column]))
                    elif label is not None:
                        line.append((name_of(label), row[column]))
                    else:
                        self.unbound(row[column])
                lines.append(line)
        for key, cell in composed:
            self.compare(("value", ""), key, cell)
        self.judge_lines([line for line in lines if line])

    # Rows that are samples: inputs, and what the formulas of the page make of them.

    def is_sample(self, line: list[tuple[str, Cell]]) -> bool:
        """Whether a row has formulas of the page between its columns, and other inputs than the worked sample."""
        given = [(key, cell) for key, cell in line if not self.known.formulas.get(key)]
        return len(given) < len(line) and any(self.fault(("value", ""), key, cell) != "" for key, cell in given)

    @property
    def has_samples(self) -> bool:
        """Whether every row is a sample, by its number in the first column."""
        return numbers_samples(self.table)

    def of_sample(self, number: str) -> dict[str, Digits]:
        """Return all that the tables of the page say of one sample."""
        found: dict[str, Digits] = {}
        for table in self.judge.page.items:
            if isinstance(table, Table) and numbers_samples(table):
                for row in table.rows:
                    if row[0].words == number:
                        found |= self.digits(
                            [(name_of(h), c) for h, c in zip(table.header, row, strict=False) if is_label(h)]
                        )
        return found

    def digits(self, line: list[tuple[str, Cell]]) -> dict[str, Digits]:
        return {key: digits_of(node)[0] for key, cell in line if (node := value_of(cell)) is not None}

    def judge_sample(self, line: list[tuple[str, Cell]], row: dict[str, Digits]) -> None:
        """Hold every column that has a formula against what the formula makes of the sample's other columns."""
        sample = Sample(self.known, row)
        for key, cell in line:
            node = value_of(cell)
            if node is None:
                continue
            try:
                values = list(sample.values(key))
            except Unknown:
                values = []
            if not values:
                if self.known.formulas.get(key):
                    self.unbound(cell)
                else:
                    self.judge.report.table_cells += 1
                continue
            self.judge.report.table_cells += 1
            right = any(rounds(value, row[key], self.known.mode) for value in values)
            if not right and not (sample.borrowed and self.may_be(key, row)):
                shown = float(real(values[0]))
                self.judge.note("fails", cell.at, f"{key} is {shown} for this row, not {row[key]}")
            for number in numbers(node):
                self.judge.report.pin(number, "formula for the row", number.decimals - 1 if sample.borrowed else None)

    def may_be(self, key: str, row: dict[str, Digits]) -> bool:
        """Whether what the formulas make of a column may be its number, the others being known as far as printed."""
        there = spread(row[key], self.known.mode)
        ranges = (
            interval(value) for value in Sample(self.known, row, partial(spread, mode=self.known.mode)).values(key)
        )
        return any(real(each.low) <= real(there.high) and real(there.low) <= real(each.high) for each in ranges)

    def judge_lines(self, lines: list[list[tuple[str, Cell]]]) -> None:
        """Find what each line of numbers is of its quantities, then hold every number of it against that."""
        left: list[list[tuple[str, Cell]]] = []
        used: set[Meaning] = set()
        for line in lines:
            scores = {meaning: self.score(meaning, line) for meaning in self.meanings(line)}
            best = max(scores, key=lambda meaning: scores[meaning], default=None)
            bound = best is not None and 2 * scores[best] >= sum(
                1 for key, _ in line if self.value(best, key) is not None
            )
            if best is None or scores[best] == 0 or not bound:
                left.append(line)
                continue
            used.add(best)
            for key, cell in line:
                self.compare(best, key, cell)
        for line in left:
            unused = [meaning for meaning in self.meanings(line) if meaning not in used and meaning[0] != "change"]
            if len(left) == 1 and len(lines) > 1 and len(unused) == 1:
                for key, cell in line:
                    self.compare(unused[0], key, cell)
            else:
                for _, cell in line:
                    self.unbound(cell)

    def meanings(self, line: list[tuple[str, Cell]]) -> Iterator[Meaning]:
        """Yield what numbers beside these names may be."""
        keys = [key for key, _ in line]
        for mark in ("", "'", "+", NEW, "^(new)"):
            if any(self.value(("value", mark), key) is not None for key in keys):
                yield "value", mark
        losses = {key[1:].split("/∂")[0] for key in self.known.values if key.startswith("∂") and "/∂" in key}
        for loss in sorted(losses):
            if any(self.value(("partial", loss), key) is not None for key in keys):
                yield "partial", loss
        for mark in ("'", "+", NEW):
            if any(self.value(("change", mark), key) is not None for key in keys):
                yield "change", mark

    def value(self, meaning: Meaning, key: str) -> Any:
        kind, detail = meaning
        try:
            if kind == "partial":
                return self.known.lookup(f"∂{detail}/∂{key}", False)
            if kind == "change":
                new, old = self.known.lookup(key + detail, False), self.known.lookup(key, False)
                return None if isinstance(new, Array) else new + -old
            return self.known.lookup(key + detail, False)
        except Unknown:
            return None

    def score(self, meaning: Meaning, line: list[tuple[str, Cell]]) -> int:
        return sum(1 for key, cell in line if self.fault(meaning, key, cell) == "")

    def fault(self, meaning: Meaning, key: str, cell: Cell) -> str | None:
        """Say why a cell is not what it should be; None if nothing is known."""
        value, node = self.value(meaning, key), value_of(cell)
        if value is None or node is None:
            return None
        there = digits_of(node)
        entries = value.entries if isinstance(value, Array) else (value,)
        if len(entries) != len(there):
            return "the table has another shape"
        for position, (entry, digits) in enumerate(zip(entries, there, strict=True)):
            known = self.print_of(meaning, key, position, entry)
            if not agree(known, Known(digits.value, digits, False, -1), self.known.carry, self.known.mode):
                return f"{key} in the table is {digits}, but {known} elsewhere"
        return ""

    def print_of(self, meaning: Meaning, key: str, position: int, entry: Any) -> Known:
        kind, detail = meaning
        full = f"∂{detail}/∂{key}" if kind == "partial" else key + detail
        if kind != "change":
            keys = self.known.entry_keys(full)
            name = [each for row in keys for each in row][position] if keys else full
            best = self.known.best(name)
            if best is not None:
                return best
        return Known(entry, None, False, -1)

    def compare(self, meaning: Meaning, key: str, cell: Cell) -> None:
        fault = self.fault(meaning, key, cell)
        self.judge.report.table_cells += 1
        node = value_of(cell)
        if fault is None or node is None:
            self.unbound(cell, counted=True)
            return
        if fault:
            self.judge.note("contradicts", cell.at, fault)
        for position, number in enumerate(numbers(node)):
            value = self.value(meaning, key)
            entry = value.entries[position] if isinstance(value, Array) else value
            known = self.print_of(meaning, key, position, entry)
            if known.at == number.start:
                continue
            self.judge.report.pin(number, "table cell", known.digits.decimals if known.digits else None)
            if known.digits is not None:
                self.judge.report.pin(known, "table cell", number.decimals)

    def unbound(self, cell: Cell, counted: bool = False) -> None:
        self.judge.report.table_cells += not counted
        self.judge.report.unbound_cells.append(Verdict("unbound", self.judge.page.line(cell.at), cell.words))

    def compose(self, head: Cell | None, label: Cell | None, row: tuple[Cell, ...]) -> str | None:
        """Return the quantity that a header's letter and a row's index name together (``p`` and ``n_1``: ``p_1``)."""
        if head is None or not is_label(head):
            return None
        letter = name_of(head)
        first = row[0].node.text if row[0].node is not None else row[0].words
        words = name_of(label) if label is not None else first
        index = label.index if label is not None else ""
        indices = [index, words, words.partition("_")[2], "".join(re.findall(r"\d+", words))]
        for index in indices:
            if index and self.known.best(f"{letter}_{index}") is not None:
                return f"{letter}_{index}"
        return None


class Sample(InFull):
    """The formulas of a page with the inputs of another sample in them."""

    def __init__(
        self, known: Knowledge, row: dict[str, Digits], worth: Callable[[Digits], Any] = lambda each: each.value
    ) -> None:
        told = {key: found for key, found in known.suggested.items() if key in row and not known.formulas.get(key)}
        alone = {key: found for key, found in told.items() if len({each.node.text for each in found}) == 1}
        super().__init__(replace(known, formulas=defaultdict(list, {**known.formulas, **alone})))
        self.row = row
        self.worth = worth
        """What the digits of a number in the row are worth where they stand in for one that is not known in full."""

        self.borrowed = False
        """Whether they do somewhere, while exact values carry."""

    def values(self, key: str) -> Iterator[Any]:
        """Yield what the formulas make of a column: from the printed columns beside it, or from the inputs alone.

        Where printed values carry, the sample that the page works with has the values of that working.
        """
        if self.knowledge.carry == "printed" and self.is_worked():
            yield from (known.value for known in self.knowledge.prints(key))
        for formula in self.knowledge.formulas.get(key, []):
            yield self.entry(formula, self.exactly)

    def exactly(self, key: str) -> Any:
        if key in self.row and (self.knowledge.carry == "printed" or not self.knowledge.formulas.get(key)):
            if self.knowledge.carry == "exact" and not self.knowledge.is_given(key):
                self.borrowed = True
                return self.worth(self.row[key])
            return self.row[key].value
        return super().exactly(key)

    def is_worked(self) -> bool:
        """Whether the row has the values that the page works with."""
        found = ((self.knowledge.best(key), digits) for key, digits in self.row.items())
        return all(known is None or known.value == digits.value for known, digits in found)


def numbers_samples(table: Table) -> bool:
    return bool(table.header) and table.header[0].words.strip().lower() == "sample"


def is_label(cell: Cell) -> bool:
    return isinstance(cell.node, Name)


def name_of(cell: Cell) -> str:
    assert isinstance(cell.node, Name)
    return cell.node.key


def value_of(cell: Cell) -> Node | None:
    return cell.node if cell.node is not None and is_printed(cell.node) else None


def digits_of(node: Node) -> list[Digits]:
    entries = node.parts if isinstance(node, Matrix) else (node,)
    return [digits for entry in entries if (digits := literal(entry)) is not None]
