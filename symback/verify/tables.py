"""Tables: each cell is a claim about what its row and its column name."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from symback.reading.documents import Table
from symback.reading.statements import Side, Vocabulary
from symback.verify.cells import Read, read_rows
from symback.verify.general import with_numbers
from symback.verify.heads import GRADIENT_HEADS, NEW_HEADS, POST_HEADS, PRE_HEADS, RATE_HEADS, STEP_HEADS, TARGET_HEADS
from symback.verify.judging.chains import Chains
from symback.verify.judging.outcome import slip
from symback.verify.judging.state import State
from symback.verify.keys import Scope, at_sample, keys_of
from symback.verify.network import NEW
from symback.verify.printed import Printed, printed_rows
from symback.verify.spelling import spelling
from symback.verify.words import sample_named
from symback.written.nodes import Derivative, Symbol, Written


class _Table:
    def __init__(self, state: State, chains: Chains, rows: list[list[Read]]) -> None:
        self.state = state
        self.chains = chains
        self.binding = state.binding
        self.rows = rows
        self.heads = self.rows[0]

    def judge_all(self) -> None:
        before = self.state.scope
        body = self.rows[1:]
        if all(read.side is not None and printed_rows(read.side) for read in self.heads if read.words):
            body = self.rows
        if self._is_of_samples():
            self._mend_heads()
        for row in body:
            self._row(row)
            self.state.scope = before

    # Tables with a row for each sample, or with one row of values.

    def _is_of_samples(self) -> bool:
        named = sum(self._head_key(column) != "" for column in range(len(self.heads)))
        return named >= 2

    def _head_key(self, column: int) -> str:
        if column >= len(self.heads):
            return ""
        read = self.heads[column]
        node = read.node
        if isinstance(node, (Symbol, Derivative)):
            keys = keys_of(node, self.binding, Scope())
            if keys is not None and len(keys) == len(keys[0]) == 1:
                return keys[0][0]
        if RATE_HEADS.search(read.words) and "learning_rate" in self.state.graph.given:
            return "learning_rate"
        if TARGET_HEADS.search(read.words) and len(self.state.graph.targets) == 1:
            return "t.1"
        return ""

    def _mend_heads(self) -> None:
        """Blame the name of a column that means nothing while every number under it is that of another quantity."""
        self._mended: dict[int, str] = {}
        for column, head in enumerate(self.heads):
            if self._head_key(column) or not isinstance(head.node, Symbol):
                continue
            role = self.binding.family_role(spelling(head.node))
            cells = [(self._sample(row), self._number(row, column)) for row in self.rows[1:]]
            cells = [(sample, number) for sample, number in cells if number is not None]
            for name in self.state.graph.quantities:
                if role and name.partition(".")[0] != role:
                    continue
                if len(cells) > 1 and all(self._prints(name, sample, number) for sample, number in cells if number):
                    self._mended[column] = name
                    start = head.cell.start + len(head.cell.text) - len(head.cell.text.lstrip())
                    message = f"no such quantity; the numbers are those of {name}"
                    self.state.put((start, start + len(head.words)), "", None, slip(message), "label")
                    break

    def _prints(self, name: str, sample: int, number: Printed) -> bool:
        return self.binding.prints(at_sample(name, sample) if sample else name, number)

    def _number(self, row: list[Read], column: int) -> Printed | None:
        if column >= len(row) or row[column].side is None:
            return None
        side = row[column].side
        assert side is not None
        found = printed_rows(side)
        return found[0][0] if found and len(found) == len(found[0]) == 1 else None

    def _sample(self, row: list[Read]) -> int:
        """Return the sample whose inputs and targets stand in a row, 0 if there is but one or none fits."""
        samples = self.state.graph.samples
        if len(samples) < 2:
            return 0
        fits = []
        for place, sample in enumerate(samples, 1):
            checked = 0
            for column in range(len(row)):
                key, number = self._head_key(column), self._number(row, column)
                if number is not None and key in sample:
                    if sample[key].value != number[0]:
                        break
                    checked += 1
            else:
                if checked:
                    fits.append((checked, place))
        return max(fits, key=lambda fit: (fit[0], -fit[1]))[1] if fits else 0

    # Rows.

    def _row(self, row: list[Read]) -> None:
        """Judge a row; one that begins anew under the same head is several."""
        first = self.heads[0].words
        starts = [
            0,
            *(
                place
                for place in range(1, len(row))
                if first and place < len(self.heads) and self.heads[place].words == first
            ),
        ]
        if len(starts) > 1:
            heads = self.heads
            for begin, end in pairwise([*starts, len(row)]):
                self.heads = heads[begin:end]
                self._one_row([read for read in row[begin:end] if read.words])
            self.heads = heads
            return
        self._one_row(row)

    def _one_row(self, row: list[Read]) -> None:
        if not row:
            return
        columns = self._sample_columns(row)
        if columns:
            self._across_samples(row, columns)
            return
        number = self._row_number(row[0])
        if number and any(self._numbered_key(place, number) for place in range(1, len(self.heads))):
            for column, read in enumerate(row[1:], 1):
                key = self._numbered_key(column, number)
                if key and read.side is not None and printed_rows(read.side):
                    self.chains.take_cells(self._here(key), read.side)
            return
        if self._is_of_samples():
            sample = self._sample(row)
            if sample:
                self.state.scope = replace(self.state.scope, sample=sample)
            for column, read in enumerate(row):
                self._cell_under_head(column, read)
            return
        label = row[0]
        for statement in label.statements:
            self.chains.take(statement)
        subject = label.node if isinstance(label.node, (Symbol, Derivative)) else None
        names_neurons = any(PRE_HEADS.search(head.words) for head in self.heads) and isinstance(subject, Symbol)
        if (
            not names_neurons
            and subject is not None
            and keys_of(subject, self.binding, self.state.scope) is not None
            and len(row) > 1
        ):
            self._chain(subject, label, row)
            return
        for column, read in enumerate(row):
            if column == 0 and label.statements:
                continue
            self._neuron_cell(label, column, read)

    def _sample_columns(self, row: list[Read]) -> dict[int, int]:
        """Return which sample each column is about, where the head says so: ``sample 2``."""
        count = len(self.state.graph.samples)
        found = {
            column: sample_named(head.words, count) or 0 for column, head in enumerate(self.heads) if column < len(row)
        }
        return {column: sample for column, sample in found.items() if sample and column}

    def _across_samples(self, row: list[Read], columns: dict[int, int]) -> None:
        """Judge a row whose columns are samples."""
        node = row[0].node
        for column, sample in columns.items():
            side = row[column].side
            if side is None or not isinstance(node, (Symbol, Derivative)):
                continue
            for one in (node, *(with_numbers(node, {letter: sample}) for letter in ("n", "i", "k", "m", "p", "s"))):
                keys = keys_of(one, self.binding, Scope(sample=sample))
                if keys is not None and len(keys) == len(keys[0]) == 1:
                    self.chains.take_cells(keys[0][0], side)
                    break

    def _row_number(self, label: Read) -> int:
        """Return the number of the neuron that a row is about, or 0."""
        match = re.search(r"(?:^|=|\s|\$)(\d{1,2})\$?\s*$", label.words)
        return int(match[1]) if match else 0

    def _numbered_key(self, column: int, number: int) -> str:
        """Return the key that a head with a letter for the number means in a row."""
        node = self.heads[column].node if column < len(self.heads) else None
        if not isinstance(node, (Symbol, Derivative)) or self._head_key(column):
            return ""
        for letter in ("i", "j", "k", "h", "n", "l"):
            keys = keys_of(with_numbers(node, {letter: number}), self.binding, self.state.scope)
            if keys is not None and len(keys) == len(keys[0]) == 1:
                return keys[0][0]
        return ""

    def _cell_under_head(self, column: int, read: Read) -> None:
        if read.statements:
            for statement in read.statements:
                self.chains.take(statement)
            return
        key = self._mended.get(column) or self._head_key(column)
        if key and read.side is not None and printed_rows(read.side):
            self.chains.take_cells(self._here(key), read.side)

    def _here(self, key: str) -> str:
        return self.state.scope.key(key)

    def _chain(self, subject: Written, label: Read, row: list[Read]) -> None:
        """Judge a row that is about one quantity: formula, numbers and value, or old and new values and the gradient."""
        keys = keys_of(subject, self.binding, self.state.scope)
        assert keys is not None
        key = keys[0][0] if len(keys) == len(keys[0]) == 1 else ""
        waiting: list[Side] = []
        plain = [place for place in range(1, len(row)) if self._number(row, place) is not None]
        for column in range(1, len(row)):
            read = row[column]
            words = self.heads[column].words if column < len(self.heads) else ""
            meant = self._meant(key, words)
            number = self._number(row, column)
            if meant == key and number is not None and len(plain) > 1:
                meant = self._guessed(key, number, plain.index(column), len(plain))
            if read.statements:
                for statement in read.statements:
                    if isinstance(statement.sides[0].node, (Symbol, Derivative)) and meant == key:
                        self.chains.take(statement)
                    else:
                        self.chains.take_cells(meant, *waiting, *statement.sides)
                waiting = []
            elif read.side is not None:
                waiting.append(read.side)
                if printed_rows(read.side) and not STEP_HEADS.search(words):
                    self.chains.take_cells(meant, *waiting)
                    waiting = []
        if waiting:
            self.chains.take_cells(key, *waiting)

    def _guessed(self, key: str, number: Printed, place: int, count: int) -> str:
        """Return what a number of a parameter's row is, where the head does not say: old value, gradient or new value."""
        if not key.startswith(("w.", "b.")) or key.endswith(NEW) or self.binding.prints(key, number):
            return key
        gradient = self._meant(key, "gradient")
        for meant in (key + NEW, gradient):
            if self.binding.prints(meant, number) or any(
                one.number == number for one in self.state.carried.stated(meant)
            ):
                return meant
        return key if place == 0 else key + NEW if place == count - 1 else gradient

    def _meant(self, key: str, words: str) -> str:
        """Return the key that a column asks for, of the quantity that its row names."""
        if key.startswith(("w.", "b.")) and not key.endswith(NEW):
            if NEW_HEADS.search(words):
                return key + NEW
            if GRADIENT_HEADS.search(words):
                root = "batch" if self.state.graph.learns_from_batch and not self.state.scope.sample else "loss"
                return self.state.scope.key(root) + f":{key}"
        return key

    def _neuron_cell(self, label: Read, column: int, read: Read) -> None:
        """Judge a cell whose row names a neuron and whose column says what of it."""
        if read.statements:
            for statement in read.statements:
                self.chains.take(statement)
            return
        if (
            read.side is None
            or not printed_rows(read.side)
            or not isinstance(label.node, Symbol)
            or column >= len(self.heads)
        ):
            return
        key = self._of_neuron(label.node, self.heads[column])
        if key:
            self.chains.take_cells(self._here(key), read.side)

    def _of_neuron(self, neuron: Symbol, head: Read) -> str:
        name = spelling(neuron)
        layers = self.state.graph.layers
        found = [
            (layer.number, place)
            for layer in layers
            for place, (pre, post) in enumerate(zip(layer.pre_activations, layer.activations, strict=True), 1)
            if self.binding.target(name) in (pre, post)
        ]
        if not found:
            return ""
        layer, place = found[0]
        kind = ""
        if PRE_HEADS.search(head.words):
            kind = "z"
        elif POST_HEADS.search(head.words):
            kind = "a"
        elif isinstance(head.node, Symbol):
            kind = {"z": "z", "a": "a"}.get(self.binding.family_role(spelling(head.node)), "")
        return f"{kind}.{layer}.{place}" if kind else ""


def judge_table(state: State, chains: Chains, table: Table, vocabulary: Vocabulary) -> None:
    """Judge the cells of a table."""
    _Table(state, chains, read_rows(table, vocabulary)).judge_all()
