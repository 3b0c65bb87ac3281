"""A second opinion on varied specs: their text, worked through on the tape of the oracles, is judged.

Nothing of the package is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import mpmath

from tests.oracles.functions import FUNCTIONS
from tests.oracles.tape import NOTHING, real, same, size, slope_at
from tests.oracles.working import Neuron, Pass, Tree, Worked, read

KINK, SATURATED, MOST_DECIMALS = Fraction(1, 20), Fraction(1, 5), 2
NUMBERS = ("weights", "biases", "inputs", "targets", "class", "given", "values", "samples")
"""Keys below which a variation may write other numbers."""


def breaches(varied: str, author: str) -> list[str]:
    """Return what is wrong with a varied spec, given the author's."""
    new, old = read(varied), read(author)
    worked, before = Worked(new), Worked(old)
    forced = undrawn(new, old, before)
    return [
        *_shape(new, old),
        *_decimals(new, old),
        *_neurons(worked),
        *_gradients(worked, before, forced),
        *_stated_values(worked, before),
    ]


def _shape(new: Tree, old: Tree) -> Iterator[str]:
    if masked(new) != masked(old):
        yield "something besides numbers changed, or an unknown number became known"
    if new == old:
        yield "the numbers are those of the author"


def masked(tree: Any, hides: bool = False) -> Any:
    """Return a tree with # for every number that may change."""
    if isinstance(tree, dict):
        return {key: masked(value, hides or key in NUMBERS) for key, value in tree.items()}
    if isinstance(tree, list):
        return [masked(value, hides) for value in tree]
    return "#" if hides and tree not in (None, "absent") else tree


def undrawn(new: Tree, old: Tree, before: Worked) -> Worked:
    """Return the varied spec worked through without the numbers that were drawn, and what follows from them."""
    data, former = _by_name(new), _by_name(old)

    def hides(name: str) -> bool:
        stays = data.get(name) == former.get(name)
        if "equations" in new:
            return not stays or not {Fraction(number) for number in data[name]} <= {-1, 0, 1}
        return not (stays and name[0] == "x")

    given = {name: number for name, number in new.get("given", {}).items() if name not in _followed(before)}
    return Worked({**new, "given": given}, hides)


def _by_name(tree: Tree) -> dict[str, list[str]]:
    """Return the numbers of each input, name or upstream gradient, over all samples."""
    rows = [{f"x.{place}": number for place, number in enumerate(row["inputs"], 1)} for row in tree.get("data", ())]
    upstream = {name: number for name, number in tree.get("given", {}).items() if ":" in name}
    found: dict[str, list[str]] = {}
    for row in [*rows, *tree.get("samples", ()), tree.get("values", {}), upstream]:
        for name, number in row.items():
            found.setdefault(name, []).extend([] if number is None else [number])
    return found


def _decimals(new: Tree, old: Tree) -> Iterator[str]:
    """Yield numbers with more decimals than their kind has in the author's spec, or than 2."""
    for key in NUMBERS:
        most, found = (max(len(text.partition(".")[2]) for text in _below(tree, key, "0")) for tree in (old, new))
        if found > min(most, MOST_DECIMALS):
            yield f"{key} have {found} decimals"


def _below(tree: Any, key: str, *first: str) -> Iterator[str]:
    """Yield all scalars below a key, wherever it stands."""
    yield from first
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from _scalars(value) if name == key else _below(value, key)


def _scalars(tree: Any) -> Iterator[str]:
    if isinstance(tree, (dict, list)):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _scalars(value)
    elif tree is not None:
        yield tree


def _neurons(worked: Worked) -> Iterator[str]:
    for done in (*worked.samples, *worked.steps):
        is_shown = any(done is shown for shown in worked.shown)
        for neuron in done.neurons:
            if neuron.z is not None and neuron.slope is not None:
                for fault in _faults(neuron, is_shown and neuron.name not in worked.given):
                    yield f"{neuron.name}@{done.sample} = {neuron.z} {fault}"
        yield from (f"a switch at {at}" for at in done.switches if at is not None and size(at) < real(KINK))


def _faults(neuron: Neuron, has_to_live: bool) -> Iterator[str]:
    if any(abs(real(neuron.z) - real(kink)) < real(KINK) for kink in neuron.kinks):
        yield "is at a kink"
    if has_to_live and size(neuron.slope) < NOTHING:
        yield "is a dead ReLU"
    if not neuron.kinks and size(neuron.slope) < real(SATURATED) * _usual_slope(neuron) - NOTHING:
        yield "is a saturated sigmoid"


def _usual_slope(neuron: Neuron) -> Any:
    """Return the slope at 0, where all that enter a layer are alike."""
    if neuron.joined > 1:
        return real(Fraction(neuron.joined - 1, neuron.joined**2))
    return size(slope_at(FUNCTIONS[neuron.word], Fraction(0)))


def _gradients(worked: Worked, before: Worked, forced: Worked) -> Iterator[str]:
    passes = zip(worked.shown, forced.steps or [forced.worked], strict=True)
    for done, kept in passes:
        free = [name for name in worked.learned if _is_free(done.gradients.get(name), kept.gradients.get(name))]
        for name in free:
            if size(done.gradients[name]) < NOTHING and not _was_zero(name, before):
                yield f"the gradient of {name} is 0"
        for left, right in combinations(free, 2):
            if same(done.gradients[left], done.gradients[right]) and not _may_be_equal(left, right, kept, before):
                yield f"the gradients of {left} and {right} are equal"
    for name in worked.learned if not worked.steps else ():
        gradient = worked.batch_gradient(name)
        if _is_free(gradient, forced.batch_gradient(name)) and size(gradient) < NOTHING and not _was_zero(name, before):
            yield f"the gradient of the batch by {name} is 0"


def _was_zero(name: str, before: Worked) -> bool:
    """Say whether a gradient among equations was 0 for the author."""
    return "equations" in before.tree and same(before.worked.gradients[name], Fraction(0))


def _is_free(gradient: Any, forced: Any) -> bool:
    return gradient is not None and forced is None


def _may_be_equal(left: str, right: str, kept: Pass, before: Worked) -> bool:
    """Say whether two gradients may be equal: other than of two weights of a layer, or by force."""
    if "equations" in before.tree:
        return same(*(before.worked.gradients[name] for name in (left, right)))
    if left[0] + right[0] != "ww" or left.split(".")[1] != right.split(".")[1]:
        return True
    if left.split(".")[2] != right.split(".")[2]:
        is_steady = "absolute-error" in str(before.tree.get("loss"))
        is_last = int(left.split(".")[1]) == len(before.tree["network"]["layers"])
        return is_steady and is_last and left.split(".")[3] == right.split(".")[3]
    return same(kept.entering[left], kept.entering[right])


def _followed(before: Worked) -> set[str]:
    """Return the stated values that are what their definition gives, to their last digit."""
    unit = mpmath.mpf(10) ** -MOST_DECIMALS
    defined = before.worked.defined
    return {
        name
        for name, stated in before.given.items()
        if defined.get(name) is not None and abs(real(defined[name]) - real(stated)) < unit
    }


def _stated_values(worked: Worked, before: Worked) -> Iterator[str]:
    """Yield stated values that were what their definition gives, to their last digit, and no longer are."""
    followed, half = _followed(before), mpmath.mpf(10) ** -MOST_DECIMALS / 2
    for name, old in before.given.items():
        new, defined = worked.given[name], worked.worked.defined.get(name)
        if name in followed and (defined is None or abs(real(defined) - real(new)) > half + NOTHING):
            yield f"{name} = {new}, but its definition gives {defined}"
        if name not in followed and ":" not in name and (old > 0, old < 0) != (new > 0, new < 0):
            yield f"{name} = {new} has another sign than {old}"
