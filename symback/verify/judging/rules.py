"""Rules with letters for indices, judged by what the letters can stand for, and gradients by names without meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symback.graph.quantity import BATCH
from symback.verify.general import instances
from symback.verify.judging.comparing import comparison, holds
from symback.verify.judging.losses import OTHER_LOSS, is_other_term
from symback.verify.judging.outcome import Outcome, correct, slip, undecided, wrong
from symback.verify.judging.paths import no_path
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import Scope, keys_of, lone, updated
from symback.verify.spelling import spelling
from symback.verify.trees import parts, rebuilt, terms
from symback.written.nodes import Derivative, Name, Symbol, Written


def general(state: State, about: Subject, right: Written) -> Outcome | None:
    """Judge a rule with letters for indices, by every number that the letters can stand for.

    Where it holds for some, it does not speak of neurons between which there is no path.
    """
    held = failed = apart = 0
    readings: list[tuple[str, Written]] = []
    fits: dict[str, bool] = {}
    for one, other in instances(about.node, right, state.binding, state.graph):
        keys = keys_of(one, state.binding, state.scope)
        if keys is not None and about.is_update:
            keys, other = updated(keys), learned_from(state, other)
        compare = comparison(state, Subject(one, keys, None), other)
        results = [compare(point) for point in state.points_alike(6)]
        if False in results:
            is_apart = all(any(no_path(state, part) for part in parts(term)) for term in terms(other))
            apart, failed = apart + is_apart, failed + (not is_apart)
            fits[lone(keys)] = False
        elif True in results:
            held += 1
            fits[lone(keys)] = True
        readings.append((lone(keys), other))
    if not held:
        failed += apart
    if held and not failed:
        return correct(f"true for all {held} indices")
    if _speaks_of_outputs(state, fits):
        return correct("true for every output")
    if readings and all(is_other_term(state, key, other) for key, other in readings):
        return undecided(OTHER_LOSS)
    if not failed:
        return None
    if isinstance(about.node, Symbol) and state.binding.family_role(spelling(about.node)) == "loss":
        return undecided("no loss that is known")
    message = f"not true for {failed} of {held + failed} indices"
    return wrong(message) if failed >= held else undecided(message)


def _speaks_of_outputs(state: State, fits: Mapping[str, bool]) -> bool:
    """Whether a rule for gradients holds for just the outputs, where their numbers do not begin anew."""
    layer = state.graph.layers[-1] if state.graph.layers else None
    outputs = {*layer.activations, *layer.pre_activations} if layer is not None else set()
    about = {key: key.rpartition(":")[2] in outputs for key in fits if ":" in key}
    return True in about.values() and all(is_right == about.get(key) for key, is_right in fits.items())


def learned_from(state: State, node: Written) -> Written:
    """Return a rule for all updates in which the loss is that of the batch, where the network learns from that."""
    if state.graph.learned_root != BATCH:
        return node
    if isinstance(node, Derivative) and lone(keys_of(node.of, state.binding, Scope())) == "loss":
        return replace(node, of=Name(BATCH))
    return rebuilt(node, lambda part: learned_from(state, part))


def misnamed(state: State, subject: Subject, node: Written) -> Outcome | None:
    """Say whether a gradient by a name that means nothing is the gradient by just one parameter."""
    left = subject.node
    if subject.keys is not None or not isinstance(left, Derivative):
        return None
    if not isinstance(left.by, Symbol) or not isinstance(left.of, Symbol):
        return None
    name = spelling(left.by)
    role = state.binding.family_role(name)
    is_numbered = any(mark.isdigit() for mark in name.below)
    if role not in ("w", "b") or state.binding.of(left.by) is not None or not is_numbered:
        return None
    candidates = [parameter for parameter in state.graph.parameters if parameter.startswith(role)]
    return named_wrongly(left.by, [key for key in candidates if holds(state, ((f"loss:{key}",),), node)])


def named_wrongly(name: Symbol, fits: list[str]) -> Outcome | None:
    """Blame a name that means nothing where the formula is that of just one quantity."""
    if len(fits) != 1:
        return None
    return slip(f"{spelling(name)} names nothing; the formula is that of {fits[0]}")
