"""A table, row by row: what sort of row it is decides what its cells are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from symback.reading.documents import Table
from symback.reading.statements import Statement, Vocabulary
from symback.verify.cells import Read, are_counted, read_rows
from symback.verify.judging.chains import Chains
from symback.verify.judging.rounds import step
from symback.verify.judging.state import State
from symback.verify.keys import is_parameter, keys_of, lone
from symback.verify.printed import printed_rows
from symback.verify.tables.heads import Heads, number_in
from symback.verify.tables.neurons import are_of_neurons, kinds_of_columns, neurons_of_rows
from symback.verify.tables.quantities import judge_quantity
from symback.verify.tables.samples import columns_of_samples, key_at_sample, key_of_all, mended, sample_of, sample_said
from symback.verify.tables.steps import after_step, key_after, step_of, steps_of_columns
from symback.verify.tables.totals import is_total, judge_totals
from symback.verify.trees import symbols
from symback.written.nodes import NEW, Derivative, Symbol


def judge_table(state: State, chains: Chains, table: Table, vocabulary: Vocabulary) -> None:
    """Judge the cells of a table."""
    _Table(state, chains, read_rows(table, vocabulary)).judge()


@dataclass(frozen=True, slots=True)
class _Part:
    """Columns of a table under heads of their own.

    ``mended`` says what stands below heads that name nothing, ``neurons`` about which neuron each row is, ``kinds``
    what each column says of it, ``names_rows`` that each row begins with a name, below no head.
    """

    heads: Heads
    rows: Sequence[Sequence[Read]]
    mended: Mapping[int, str]
    neurons: Sequence[str]
    kinds: Mapping[int, str]
    names_rows: bool


def _names_rows(state: State, heads: Heads, rows: Sequence[Sequence[Read]]) -> bool:
    """Whether every row begins with a name, below no head, and no number is one that the head above it names."""
    if heads.words(0) or not all(row and isinstance(row[0].node, (Symbol, Derivative)) for row in rows):
        return False
    cells = ((heads.key(column), number_in(row, column)) for row in rows for column in range(1, len(row)))
    return not any(number is not None and state.binding.prints(key, number) for key, number in cells if key)


class _Table:
    def __init__(self, state: State, chains: Chains, rows: Sequence[Sequence[Read]]) -> None:
        self._state = state
        self._chains = chains
        self._rows = rows

    def judge(self) -> None:
        heads, *body = self._rows
        before = self._state.scope
        if all(read.side is not None and printed_rows(read.side) for read in heads if read.words):
            body = [heads, *body]  # numbers are no heads
        parts = [*self._parts(heads, body)]
        if len(parts) == 1 and self._are_numbered(parts[0]):
            self._columns(parts[0])
            return
        for row in range(len(body)):
            for part in parts:
                if part.rows[row]:
                    self._one_row(part, part.rows[row], part.neurons[row])
            self._state.scope = before

    def _parts(self, heads: Sequence[Read], body: Sequence[Sequence[Read]]) -> Iterator[_Part]:
        """Yield the parts of a table: one that begins anew under the same head is several side by side."""
        first = heads[0].words
        again = [place for place in range(1, len(heads)) if first and heads[place].words == first]
        for begin, end in pairwise([0, *again, max(map(len, self._rows))]):
            rows = [row[begin:end] for row in body]
            known = Heads(self._state, heads[begin:end], are_counted(heads[begin], rows))
            if again:
                rows = [row if any(read.words for read in row) else [] for row in rows]
            names = mended(self._state, known, rows) if known.name_quantities else {}
            neurons = neurons_of_rows(self._state, known, rows)
            kinds = kinds_of_columns(self._state, known, rows, neurons)
            yield _Part(known, rows, names, neurons, kinds, _names_rows(self._state, known, rows))

    def _one_row(self, part: _Part, row: Sequence[Read], neuron: str) -> None:
        heads = part.heads
        samples = columns_of_samples(self._state, heads, row)
        steps = step_of(self._state, heads, row)
        if steps is not None:
            with after_step(self._state, steps) as mark:
                for column, read in enumerate(row[1:], 1):
                    self._value(key_after(heads.key(column), mark), read)
        elif (columns := steps_of_columns(self._state, heads)) and (key := _parameter(self._state, row[0])):
            for column, after in columns.items():
                with after_step(self._state, after) as mark:
                    if column < len(row):
                        self._value(key_after(key, mark), row[column])
        elif samples:
            for column, read in enumerate(row[1:], 1):
                sample = samples.get(column, 0)
                of_one = key_at_sample(self._state, row[0], sample) if sample else ""
                key = of_one or key_of_all(self._state, heads, row[0], column)
                if key and read.side is not None:
                    self._chains.take_cells(key, read.side)
        elif self._names_quantities(part, row) and not self._begins_with_name(part, row, neuron):
            self._under_heads(part, row)
        else:
            self._behind_label(part, row, neuron)

    def _are_numbered(self, part: _Part) -> bool:
        """Whether rows begin with the numbers for which the heads have a letter: ``z_k`` in row ``k``."""
        heads, columns = part.heads, range(1, len(part.heads))
        numbers = [_number_of(row[0]) if row else 0 for row in part.rows]
        rows = (number and any(heads.numbered_key(column, number) for column in columns) for number in numbers)
        return bool(numbers) and all(rows)

    def _columns(self, part: _Part) -> None:
        """Judge a table column by column: what stands in one may be made from all that stands in the one before."""
        for column in range(1, max(map(len, part.rows))):
            for row in part.rows:
                if column < len(row):
                    self._numbered(part.heads, column, _number_of(row[0]), row[column])

    def _numbered(self, heads: Heads, column: int, number: int, read: Read) -> None:
        """Judge a cell below a head with a letter for the number of its row: a name, or a formula."""
        key = heads.numbered_key(column, number)
        formula = None if key else heads.numbered_formula(column, number)
        if formula is not None and read.side is not None and printed_rows(read.side):
            self._chains.take(Statement((formula, read.side), ("", "=")))
        else:
            self._value(key, read)

    def _names_quantities(self, part: _Part, row: Sequence[Read]) -> bool:
        """Whether the heads name what stands below them: one of them is enough where a row is about a sample."""
        if part.heads.name_quantities:
            return True
        return bool(sample_said(self._state, part.heads, row)) and any(map(part.heads.key, range(1, len(part.heads))))

    def _begins_with_name(self, part: _Part, row: Sequence[Read], neuron: str) -> bool:
        """Whether a row is about what its first cell names: a quantity, or a neuron, but no sample."""
        if sample_said(self._state, part.heads, row):
            return False
        return part.names_rows or bool(neuron and part.heads.ask_for_pre_activations)

    def _under_heads(self, part: _Part, row: Sequence[Read]) -> None:
        """Judge a row of values of the quantities that the heads name."""
        if is_total(self._state, row):
            judge_totals(self._state, part.heads, row, [one for one in part.rows if one and one is not row])
            return
        sample = sample_of(self._state, part.heads, row)
        if sample:
            if any(is_parameter(key.removesuffix(NEW)) for key in map(part.heads.key, range(len(row)))):
                step(self._state, sample)  # parameters that the steps change stand in the rows
            self._state.scope = replace(self._state.scope, sample=sample)
        for column, read in enumerate(row):
            key = part.mended.get(column) or part.heads.key(column)
            formula = None if key else part.heads.formula(column)
            if formula is not None and read.side is not None and printed_rows(read.side):
                self._chains.take(Statement((formula, read.side), ("", "=")))
            else:
                self._value(key, read)

    def _behind_label(self, part: _Part, row: Sequence[Read], neuron: str) -> None:
        """Judge a row about the quantity, or the neuron, that its first cell names."""
        state, heads, label = self._state, part.heads, row[0]
        self._statements(label)
        subject = label.node if isinstance(label.node, (Symbol, Derivative)) else None
        names_neuron = isinstance(subject, Symbol) and (heads.ask_for_pre_activations or _have_kinds(part))
        is_of_columns = names_neuron or any(heads.edge_key(subject, column) for column in range(1, len(row)))
        keys = keys_of(subject, state.binding, state.scope) if subject is not None and not is_of_columns else None
        if keys is not None and len(row) > 1:
            judge_quantity(state, self._chains, heads, keys, row)
            return
        waiting: tuple[str, Read] | None = None
        for column, read in enumerate(row):
            if column or not read.statements:
                kind = part.kinds.get(column, "") if neuron else ""
                named = heads.lettered_key(subject, column) or heads.edge_key(subject, column)
                key = named or kind.format(neuron)
                if waiting is not None and not key and number_in(row, column) is not None:
                    key = waiting[0]
                before = waiting[1] if waiting is not None and waiting[0] == key else None
                self._value(key, read, before)
                waiting = (key, read) if key and _is_formula(read) else None

    def _statements(self, read: Read) -> None:
        for statement in read.statements:
            self._chains.take(statement)

    def _value(self, key: str, read: Read, before: Read | None = None) -> None:
        """Judge a cell that is about a key where the table stands: its numbers, or a chain that begins with numbers.

        Numbers may be the result of the formula in the cell before.
        """
        key = self._state.scope.key(key) if key else ""
        for statement in read.statements:
            first = statement.sides[0].node
            if not key or first is None or any(True for _ in symbols(first)):
                self._chains.take(statement)
            else:
                self._chains.take_cells(key, *statement.sides)
        if key and not read.statements and read.side is not None and printed_rows(read.side):
            self._chains.take_cells(key, *([before.side] if before is not None and before.side else []), read.side)


def _parameter(state: State, label: Read) -> str:
    """Return the parameter that a row begins with, or nothing."""
    key = lone(keys_of(label.node, state.binding, state.scope)) if isinstance(label.node, Symbol) else ""
    return key if is_parameter(key) else ""


def _have_kinds(part: _Part) -> bool:
    """Whether each row is about a neuron of its own, and more than one column says something else of it."""
    return are_of_neurons(part.neurons) and len({kind for kind in part.kinds.values() if kind}) > 1


def _is_formula(read: Read) -> bool:
    """Whether a cell holds a formula without its result."""
    return not read.statements and read.side is not None and read.node is not None and not printed_rows(read.side)


def _number_of(label: Read) -> int:
    """Return the number of the neuron that a row is about, or 0."""
    match = re.search(r"(?:^|=|\s|\$)(\d{1,2})\$?\s*$", label.words)
    return int(match[1]) if match else 0
