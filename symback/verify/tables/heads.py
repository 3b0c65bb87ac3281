"""The heads of a table: what the columns name, in symbols or in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symback.graph.build import LEARNING_RATE
from symback.reading.statements import Side
from symback.verify.cells import Read
from symback.verify.heads import EDGE_HEADS, GRADIENT_HEADS, LOSS_HEADS, NEW_HEADS, PRE_HEADS, RATE_HEADS, TARGET_HEADS
from symback.verify.judging.state import State
from symback.verify.keys import Scope, is_parameter, keys_of, lone
from symback.verify.numberings import with_numbers
from symback.verify.printed import Printed, printed_rows, shape_of
from symback.verify.trees import bare, symbols
from symback.written.nodes import NEW, Derivative, Number, Symbol, Written

LETTERS = ("i", "j", "k", "h", "n", "l")
"""Letters that stand for the number of a row's neuron."""


class Heads:
    """The heads of columns.

    Parameters
    ----------
    state
        Where judging stands.
    reads
        The cells.
    count_rows
        Whether the numbers below the first head do nothing but count the rows.
    """

    def __init__(self, state: State, reads: Sequence[Read], count_rows: bool = False) -> None:
        self.reads = reads
        self._count_rows = count_rows
        self._state = state

    def __len__(self) -> int:
        """Return how many columns have a head."""
        return len(self.reads)

    def words(self, column: int) -> str:
        """Return the text of a head."""
        return self.reads[column].words if column < len(self.reads) else ""

    def node(self, column: int) -> Written | None:
        """Return the formula that a head is, or the name that it defines: ``err = y - t``."""
        sides = self._sides(column)
        return sides[0].node if sides else None

    def _sides(self, column: int) -> tuple[Side, ...]:
        """Return the formula that a head is, or both sides of its equation."""
        read = self.reads[column] if column < len(self.reads) else None
        if read is None:
            return ()
        if len(read.statements) == 1 and len(read.statements[0].sides) == 2:
            return read.statements[0].sides
        return () if read.side is None else (read.side,)

    def key(self, column: int) -> str:
        """Return the key of the one quantity that a head names, or nothing."""
        node, words, graph = self.node(column), self.words(column), self._state.graph
        if self._runs(node) or (self._count_rows and column == 0):
            return ""
        found = lone(keys_of(node, self._state.binding, Scope())) if isinstance(node, (Symbol, Derivative)) else ""
        if found:
            return found + NEW if is_parameter(found) and NEW_HEADS.search(words) else found
        if RATE_HEADS.search(words) and LEARNING_RATE in graph.given:
            return LEARNING_RATE
        return "t.1" if TARGET_HEADS.search(words) and len(graph.targets) == 1 else ""

    def formula(self, column: int) -> Side | None:
        """Return the head that says how its numbers are worked out, in names that are known: ``p - y``."""
        side = next(reversed(self._sides(column)), None)
        if side is None or side.node is None or isinstance(bare(side.node), (Symbol, Derivative)):
            return None
        names = [*symbols(side.node)]
        is_known = bool(names) and all(self._state.binding.of(name) is not None for name in names)
        return side if is_known else None

    def _runs(self, node: Written | None) -> bool:
        """Whether a head has the letter for the number of a row that the first head says: ``Unit j``, ``O_j``."""
        first = self.node(0)
        return isinstance(first, Symbol) and first.base in LETTERS and first in getattr(node, "subscript", ())

    @property
    def name_quantities(self) -> bool:
        """Whether every row gives values of several quantities."""
        keys = sum(self.key(column) != "" for column in range(len(self)))
        formulas = sum(self.formula(column) is not None for column in range(len(self))) if keys else 0
        return keys + formulas > 1

    @property
    def ask_for_pre_activations(self) -> bool:
        """Whether a head says in words that the pre-activation of what the row names stands below it."""
        return any(PRE_HEADS.search(head.words) for head in self.reads)

    def numbered_key(self, column: int, number: int) -> str:
        """Return the key that a head with a letter for the number means in the row with a number."""
        node = self.node(column)
        if not isinstance(node, (Symbol, Derivative)) or self.key(column):
            return ""
        readings = (with_numbers(node, {letter: number}) for letter in LETTERS)
        keys = (lone(keys_of(one, self._state.binding, self._state.scope)) for one in readings if one != node)
        return next(filter(None, keys), "")

    def numbered_formula(self, column: int, number: int) -> Side | None:
        """Return the head that says how its numbers are worked out, for the row with a number: ``p_k - y_k``."""
        side = self.reads[column].side if column < len(self) else None
        if side is None or side.node is None or isinstance(bare(side.node), (Symbol, Derivative)):
            return None
        for letter in LETTERS:
            one = with_numbers(side.node, {letter: number})
            if one != side.node and all(self._state.binding.of(name) is not None for name in symbols(one)):
                return replace(side, node=one)
        return None

    def lettered_key(self, label: Written | None, column: int) -> str:
        """Return the key of the name of a row with the number that a head gives a letter in it: ``j = 2``."""
        found = self.reads[column].statements if column < len(self) else ()
        sides = [side.node for statement in found for side in statement.sides]
        if label is None or len(sides) != 2:
            return ""
        letter, number = sides
        if not isinstance(letter, Symbol) or letter.subscript or not isinstance(number, Number):
            return ""
        one = with_numbers(label, {letter.base: int(number.text)}) if number.text.isdecimal() else label
        return lone(keys_of(one, self._state.binding, self._state.scope))

    def edge_key(self, label: Written | None, column: int) -> str:
        """Return the key of the weight whose ends a head names, of the layer that a row is about: ``from 1 to 2``.

        The row may be about the derivatives by such weights.
        """
        ends = EDGE_HEADS.search(self.words(column))
        name = label.by if isinstance(label, Derivative) else label
        if ends is None or not isinstance(name, Symbol) or name.subscript:
            return ""
        source, to = ends.groups()
        for order in ((source, to), (to, source)):
            one = replace(name, subscript=tuple(map(Number, order)))
            key = lone(keys_of(one, self._state.binding, self._state.scope))
            if is_parameter(key) and key.endswith(f".{to}.{source}"):
                return self.gradient(key) if isinstance(label, Derivative) else key
        return ""

    def meant(self, key: str, column: int) -> str:
        """Return what a column asks for of a quantity: its new value, its gradient, or itself.

        A derivative of what is no parameter may be that of an activation: only a gradient is sure to be of the loss.
        """
        words = self.words(column)
        if is_parameter(key) and NEW_HEADS.search(words):
            return key + NEW
        is_sure = is_parameter(key) or not self._state.graph.layers  # of equations nobody knows an activation
        if LOSS_HEADS.search(words) or (is_sure and GRADIENT_HEADS.search(words)):
            return self.gradient(key)
        return key

    def gradient(self, key: str) -> str:
        """Return the key of the derivative of the loss that is meant here."""
        scope = self._state.scope
        root = "loss" if scope.sample else self._state.graph.learned_root
        return scope.key(root) + f":{key.partition('@')[0]}"


def number_in(row: Sequence[Read], column: int) -> Printed | None:
    """Return the number that a cell is, if it is one."""
    side = row[column].side if column < len(row) else None
    found = printed_rows(side) if side is not None else ()
    return found[0][0] if shape_of(found) == (1, 1) else None
