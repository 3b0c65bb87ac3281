"""Explaining a number that is not true: how it comes from the document's own numbers, or from a rule used before."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb

from symback.verify.balls import printing_like, width
from symback.verify.claims import BLAMED, Verdict
from symback.verify.duals import Dual, Unknown
from symback.verify.judging.neurons import stem, swapper, swaps
from symback.verify.judging.operands import digits
from symback.verify.judging.outcome import Outcome, follows, rounded, undecided
from symback.verify.judging.paths import has_no_path
from symback.verify.judging.state import State
from symback.verify.printed import Printed

WIDEST = 10
"""How many units of its last digit the values that operands allow may span, before nothing is decided."""

VAGUE = 0.2
"""Values that span more than this share of themselves explain nothing."""

PINNED = 3
"""What the numbers printed next to it allow only within so many of its units says what it is."""

AS_PEOPLE_WORK = ((False, True), (False, False), (True, True), (True, False))
"""Whether mistakes are mended, and whether digits count as they stand, in the order in which explanations are sought.

What the document printed last comes first, digit for digit, as a person works; then what those digits may stand for;
then the same with every mistake mended.
"""


def explained(state: State, key: str, printed: arb, unit: float) -> Outcome | None:
    """Say how a number that is not true comes from the document's own numbers, if it does.

    Parameters
    ----------
    state
        Where the number stands.
    key
        What it is about.
    printed
        The values that print like it.
    unit
        The unit of its last digit.
    """
    is_vague = is_tainted = is_pinned = False
    for sound, literal in AS_PEOPLE_WORK:
        for place, worked in enumerate(state.carried.ways(key, sound, literal)):
            if not worked.ball.overlaps(printed):
                is_pinned = is_pinned or (place == 0 and not literal and width(worked.ball) <= PINNED * unit)
                continue
            if width(worked.ball) > WIDEST * unit:
                is_vague = is_vague or worked.ball.rad() < abs(worked.ball.mid()) * VAGUE
                is_tainted = is_tainted or bool(worked.causes)
            elif worked.causes:
                return follows(min(map(state.root, worked.causes)))
            else:
                return rounded()
    # Where the numbers next to it say what it is, vague ones further back do not matter.
    return (
        undecided("the rounded numbers before it allow too much")
        if is_vague and (is_tainted or not is_pinned)
        else None
    )


def is_carried(state: State, key: str, number: Printed) -> bool:
    """Whether a number comes from what the document printed before, true or not."""
    try:
        found = explained(state, key, printing_like(*number), float(number[1]))
    except Unknown:
        return False
    return found is not None and found.verdict is not Verdict.UNDECIDED


def shown_before(state: State, key: str, printed: arb) -> Outcome | None:
    """Say whether a formula with numbers in place that the document gave for a key before gives a number."""
    for form in reversed(state.shown_forms):
        value = state.worth(form.node, state.latest) if form.key == key else None
        if isinstance(value, Dual) and value.value.overlaps(printed):
            if state.claims[form.claim].verdict in (*BLAMED, Verdict.FOLLOWS):
                return follows(state.root(form.claim))
            return rounded()
    return None


def same_rule(state: State, key: str, printed: arb) -> int | None:
    """Return the claim whose wrong rule gives this number too, for this neuron or another of the same layer."""
    for form in reversed(state.wrong_forms):
        exchanged = swaps(form.key, key)
        if exchanged is None:
            continue
        if has_no_path(form.node, state.binding):
            return form.claim
        resolver = state.resolver(state.latest, swapper(exchanged))
        try:  # the digits in the rule are those of its own neuron
            value = resolver.value(form.node, None if exchanged else digits(state))
        except Unknown:
            if ":" in key and state.claims[form.claim].kind == "formula":
                return form.claim
            continue
        if isinstance(value, Dual) and value.value.overlaps(printed):
            return form.claim
    return next(_siblings(state, key), None) if ":" in key else None


def _siblings(state: State, key: str) -> Iterator[int]:
    """Yield the wrong rules without a value from which the gradients of other neurons of the same layer follow."""
    without_value = {form.claim for form in state.wrong_forms if has_no_path(form.node, state.binding)}
    for claim in reversed(state.claims) if without_value else ():
        is_sibling = claim.verdict is Verdict.FOLLOWS and stem(claim.quantity) == stem(key)
        if is_sibling and claim.cause in without_value:
            yield claim.cause
