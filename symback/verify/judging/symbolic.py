"""Formulas in symbols: equal to what they stand for at the author's numbers, and at others."""

from __future__ import annotations

from collections.abc import Sequence

from symback.verify.claims import Verdict
from symback.verify.functions import defines_function, named_function
from symback.verify.judging.asleep import is_wrong_awake
from symback.verify.judging.batches import over_batch, sums_samples
from symback.verify.judging.comparing import (
    Comparison,
    comparison,
    is_of_another_kind,
    lacks_a_case,
    lacks_terms,
    points_for,
    uses_new_values,
)
from symback.verify.judging.factors import chain_of_links, factors_of_chain, is_chain_rule
from symback.verify.judging.losses import OTHER_LOSS, is_loss, marked
from symback.verify.judging.outcome import Outcome, correct, slip, undecided, wrong
from symback.verify.judging.paths import broken_chain, has_no_path, of_nothing
from symback.verify.judging.points import Tried
from symback.verify.judging.rules import general, learned_from, misnamed
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import lone
from symback.verify.spelling import spelling
from symback.verify.trees import is_function_of_name, parts, symbols
from symback.verify.vector_functions import defines_entry
from symback.written.nodes import Derivative, Product, Quotient, Written

WITHOUT_VALUE = 8
"""A formula that has no value at so many points has none."""

OWN_NUMBERS = "compared here alone, with numbers of names that only the document knows"

IS_FUNCTION = correct("a function of the network")


def judge_symbolic(state: State, subject: Subject | None, node: Written, before: Written | None) -> Outcome:
    """Judge a formula in symbols behind another; nobody is blamed for what a scanner left of it."""
    outcome = _judged(state, subject, node)
    if subject is not None:
        _fulfil_label(state, subject, node)
        outcome = marked(state, subject, node, outcome)
    is_open = outcome.verdict in (Verdict.WRONG, Verdict.SLIP, Verdict.UNDECIDED) and not lacks_a_case(state, node)
    if subject is not None and is_open:
        outcome = factors_of_chain(state, subject, before, node) or outcome
    if outcome.verdict is Verdict.WRONG and any(map(_is_scar, parts(node))):
        return undecided("something is divided by itself: what a scanner leaves of a brace below")
    return outcome


def _fulfil_label(state: State, subject: Subject, node: Written) -> None:
    """Forget the words above a formula that defines the function which they name, whatever else its names mean."""
    wanted = named_function(state.label.words) if state.label is not None else ""
    fits, names = (wanted and defines_function(subject.node, node, state.graph)) or (False, ())
    if fits and wanted in names:
        state.label = None


def _is_scar(node: Written) -> bool:
    """Whether something with a name is divided by itself, or derived by itself."""
    if isinstance(node, Derivative):
        return node.of == node.by
    return isinstance(node, Quotient) and node.numerator == node.denominator and any(True for _ in symbols(node))


def _judged(state: State, subject: Subject | None, node: Written) -> Outcome:
    if subject is None:
        return undecided("it is not clear what this is about")
    if isinstance(node, Product) and has_no_path(node, state.binding):
        return wrong("it has a factor through a path that does not exist: a parameter does not depend on an activation")
    if subject.is_absent:
        return of_nothing(node, state.binding)
    if is_function_of_name(subject.node) and as_function(state, subject.node, node) == IS_FUNCTION:
        return IS_FUNCTION
    compare = comparison(state, subject, learned_from(state, node) if subject.is_update else node)
    here = None if state.stated_unit(lone(subject.keys)) is not None else compare(state.truth)
    batch = over_batch(state, subject, node) if not here and sums_samples(state, node) else None
    if batch is not None:
        return batch
    if here is not None and (_has_own_numbers(state, node) or _has_own_numbers(state, subject.node)):
        return correct(OWN_NUMBERS) if here else undecided(OWN_NUMBERS)
    if here is False:
        return _not_equal(state, subject, node)
    tried = _tried(compare, points_for(state, node), here)
    near = [is_equal for is_equal, is_alike in tried if is_alike]
    far = [is_equal for is_equal, is_alike in tried if not is_alike]
    if here is None and all(is_equal is None for is_equal in near):
        return _not_comparable(state, subject, node)
    if here is None and False in near:
        return _not_equal(state, subject, node)
    if False in near and as_function(state, subject.node, node) == IS_FUNCTION:
        return IS_FUNCTION
    if False in near:
        return slip("the formula is wrong; only here its value is right")
    if lacks_a_case(state, node):
        return slip("the cases do not cover every value")
    if False in far:
        if ":" in lone(subject.keys) and uses_new_values(state, node):
            return slip("it uses values after the update; only here its value is right")
        if is_wrong_awake(state, subject, node):
            return slip("the formula is wrong; its value is right as a unit in it is not active")
        return correct("true on this side of the kink")
    return correct(f"equal at all {1 + len(tried)} points tried")


def _has_own_numbers(state: State, node: Written) -> bool:
    """Whether a name stands for no more than the number that the document printed for it, which is perhaps rounded."""
    return any(spelling(name) in state.local and state.binding.of(name) is None for name in symbols(node))


def _tried(compare: Comparison, points: Sequence[Tried], here: bool | None) -> list[tuple[bool | None, bool]]:
    """Return whether two formulas are equal at each point, and whether the same units are active there.

    What has no value at the author's numbers and at several others has none anywhere; one point at which the same units
    are active is enough to tell two formulas apart.
    """
    tried: list[tuple[bool | None, bool]] = []
    for point, is_alike in points:
        if here is None and len(tried) == WITHOUT_VALUE and all(is_equal is None for is_equal, _ in tried):
            break
        is_equal = compare(point)
        tried.append((is_equal, is_alike))
        if is_equal is False and is_alike:
            break
    return tried


def _not_comparable(state: State, subject: Subject, node: Written) -> Outcome:
    """Judge what has no value: a rule, a gradient by a wrong name, a product of derivatives, or a function."""
    if is_chain_rule(subject, node):
        return correct("the chain rule")
    is_entry = defines_entry(subject.node, node)
    if is_entry is not None:
        return IS_FUNCTION if is_entry else wrong("not that function")
    return (
        general(state, subject, node)
        or misnamed(state, subject, node)
        or broken_chain(state, node)
        or chain_of_links(state, subject, node)
        or as_function(state, subject.node, node)
        or undecided("this is not understood")
    )


def _not_equal(state: State, subject: Subject, node: Written) -> Outcome:
    """Judge a formula that differs from what it stands for: it may define a function, or a loss of another kind."""
    function = as_function(state, subject.node, node)
    if function is not None:
        return function
    names_losses = any(state.binding.family_role(spelling(name)) == "loss" for name in symbols(node))
    if is_loss(subject) and not names_losses and is_of_another_kind(state, node):
        return wrong("terms of the loss are missing") if lacks_terms(state, node) else undecided(OTHER_LOSS)
    return wrong("not what it stands for")


def as_function(state: State, left: Written, right: Written) -> Outcome | None:
    """Judge a formula as the definition of a function, and the words above it as its name."""
    found = defines_function(left, right, state.graph)
    if found is None:
        return None
    fits, names = found
    wanted = named_function(state.label.words) if state.label is not None else ""
    if fits and wanted and names and wanted not in names and state.label is not None:
        state.put(state.label.span, "", None, slip(f"what follows is {names[0]}, not {wanted}"), "label")
    if fits and names:
        state.label = None  # it has said what it is about
    return IS_FUNCTION if fits else wrong("not that function")
