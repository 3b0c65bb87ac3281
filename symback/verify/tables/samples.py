"""Tables of samples: a row, or a column, for each; and heads that name none of the quantities below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symback.graph.quantity import BATCH
from symback.verify.cells import Read
from symback.verify.heads import MEAN_HEADS, NEW_HEADS, SUM_HEADS
from symback.verify.judging.outcome import slip
from symback.verify.judging.state import State
from symback.verify.keys import Scope, is_parameter, keys_of, lone
from symback.verify.numberings import with_numbers
from symback.verify.printed import Printed
from symback.verify.spelling import spelling
from symback.verify.tables.heads import Heads, number_in
from symback.verify.targets import at_sample
from symback.verify.words import sample_named
from symback.written.nodes import NEW, Derivative, Number, Symbol

LETTERS = ("n", "i", "k", "m", "p", "s")
"""Letters that stand for the number of a sample."""


def sample_of(state: State, heads: Heads, row: Sequence[Read]) -> int:
    """Return the sample whose inputs and targets stand in a row, or whose number it begins with under such a head.

    It is 0 if there is but one, or none fits.
    """
    if len(state.graph.samples) < 2:
        return 0
    said = sample_said(state, heads, row)
    fitting = {place: _fitting(heads, row, sample) for place, sample in enumerate(state.graph.samples, 1)}
    most = max(fitting.values())
    if said and fitting[said] == most:
        return said
    return next(place for place, count in fitting.items() if count == most) if most else 0


def sample_said(state: State, heads: Heads, row: Sequence[Read]) -> int:
    """Return the sample that a row says it is about, under a head for that, or 0; the only one is sample 1."""
    words = f"{heads.words(0)} {row[0].words}"
    return state.binding.samples_stated.get(words) or sample_named(words, max(len(state.graph.samples), 2)) or 0


def _fitting(heads: Heads, row: Sequence[Read], sample: Mapping[str, Number]) -> int:
    """Return how many data of a sample stand in a row, 0 if one has another value there."""
    cells = ((heads.key(column), number_in(row, column)) for column in range(len(row)))
    fits = [sample[key].value == number[0] for key, number in cells if number is not None and key in sample]
    return len(fits) if all(fits) else 0


def columns_of_samples(state: State, heads: Heads, row: Sequence[Read]) -> dict[int, int]:
    """Return which sample each column is about, where the head says so: ``sample 2``."""
    named = ((column, _sample(state, heads.words(column))) for column in range(1, len(heads)))
    return {column: sample for column, sample in named if sample and column < len(row)}


def _sample(state: State, words: str) -> int | None:
    """Return the sample that a head names: by its number, or as stated names do."""
    return state.binding.samples_stated.get(words) or sample_named(words, len(state.graph.samples))


def key_at_sample(state: State, label: Read, sample: int) -> str:
    """Return the key that the name of a row means at a sample, whose number may stand for a letter.

    A parameter is the same at every sample: what is meant is the derivative by it.
    """
    node = label.node
    if not isinstance(node, (Symbol, Derivative)):
        return ""
    readings = (node, *(with_numbers(node, {letter: sample}) for letter in LETTERS))
    keys = (lone(keys_of(one, state.binding, Scope(sample=sample))) for one in readings)
    key = next(filter(None, keys), "").partition("@")
    return f"loss@{sample}:{key[0]}" if is_parameter(key[0]) else "".join(key)


def key_of_all(state: State, heads: Heads, label: Read, column: int) -> str:
    """Return the key that the name of a row means in a column beside those of samples: of all of them together."""
    node, words = label.node, heads.words(column)
    key = lone(keys_of(node, state.binding, Scope())) if isinstance(node, (Symbol, Derivative)) else ""
    if is_parameter(key):
        return key + NEW if NEW_HEADS.search(words) else f"{BATCH}:{key}" if _is_of_batch(state, words) else ""
    return BATCH + key.removeprefix("loss") if key.startswith("loss") and _is_of_batch(state, words) else ""


def _is_of_batch(state: State, words: str) -> bool:
    """Whether a head means what the loss of the batch takes of the samples: their mean, or their sum."""
    heads = MEAN_HEADS if state.graph.averages_samples else SUM_HEADS
    return state.graph.learns_from_batch and heads.search(words) is not None


def mended(state: State, heads: Heads, rows: Sequence[Sequence[Read]]) -> dict[int, str]:
    """Blame the names of columns that mean nothing while every number below is that of another quantity.

    Returns
    -------
    dict
        The quantity below each such column.
    """
    found = {}
    for column, head in enumerate(heads.reads):
        if heads.key(column) or not isinstance(head.node, Symbol):
            continue
        cells = [(sample_of(state, heads, row), number_in(row, column)) for row in rows]
        numbers = [(sample, number) for sample, number in cells if number is not None]
        if all(number[0] == sample for sample, number in numbers):  # it counts the samples
            continue
        name = next(_fitting_all(state, state.binding.family_role(spelling(head.node)), numbers), "")
        if name:
            found[column] = name
        if name and any(spelling(head.node)[1:3]):  # without an index it names what has the numbers
            start = head.cell.start + len(head.cell.text) - len(head.cell.text.lstrip())
            message = f"no such quantity; the numbers are those of {name}"
            state.put((start, start + len(head.words)), "", None, slip(message), "label")
    return found


def _fitting_all(state: State, role: str, numbers: Sequence[tuple[int, Printed]]) -> Iterator[str]:
    """Yield quantities of a role that print as all the numbers, each at its sample."""
    for name in state.graph.quantities:
        if (not role or name.partition(".")[0] == role) and len(numbers) > 1:
            keys = (at_sample(name, sample) if sample else name for sample, _ in numbers)
            if all(state.binding.prints(key, number) for key, (_, number) in zip(keys, numbers, strict=True)):
                yield name
