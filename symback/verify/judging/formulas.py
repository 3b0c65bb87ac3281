"""One side of a chain that is a formula: in symbols, or with numbers in place of them."""

from __future__ import annotations

from fractions import Fraction

from symback.reading.statements import Side
from symback.verify.balls import decimal
from symback.verify.claims import BLAMED, Verdict
from symback.verify.functions import defines_function
from symback.verify.judging.outcome import Outcome, correct, follows, undecided
from symback.verify.judging.state import Form, State
from symback.verify.judging.subject import Formula, Subject
from symback.verify.judging.substitutions import judge_operands, judge_substitution, reaches
from symback.verify.judging.symbolic import judge_symbolic
from symback.verify.keys import keys_of, lone
from symback.verify.trees import is_function_of_name, numbers, parts, symbols
from symback.written.nodes import Cases, Derivative, Symbol, Written

STRUCTURAL = frozenset({Fraction(1, 2), Fraction(2), Fraction(1), Fraction(0), Fraction(-1)})
"""Numbers that belong to rules rather than to a network."""


def judge_formula(state: State, subject: Subject | None, side: Side, before: Formula | None) -> Formula:
    """Judge a side that is a formula, and the operands in it."""
    node = side.node
    assert node is not None
    literals = [found for found in map(decimal, numbers(node)) if found is not None]
    is_named = any(isinstance(part, (Symbol, Derivative)) for part in parts(node))
    has_numbers = any(unit < 1 and value not in STRUCTURAL for value, unit in literals) or not is_named
    is_symbolic = is_named and (not has_numbers or _defines_function(state, subject, node))
    if is_symbolic:
        outcome = _symbolic(state, subject, node, before, bool(literals))
    else:
        outcome = judge_substitution(state, subject, node, before)
    place = len(state.claims)
    state.is_certain = (subject is None or subject.is_certain) and state.trusts(symbols(node))
    if outcome.verdict is Verdict.WRONG and not state.is_certain:
        outcome = undecided("it is not certain what this is about")
    key = lone(subject.keys) if subject is not None else ""
    if key and is_symbolic and outcome.verdict is Verdict.WRONG:
        outcome = _remembered(state, Form(key, node, place), outcome)
    state.put((side.start, side.end), key, None, outcome, "formula" if is_symbolic else "substitution")
    if not is_symbolic:
        judge_operands(state, side, place)
        if key:
            state.shown_forms.append(Form(key, node, place))
    return Formula(node, place, has_numbers)


def _defines_function(state: State, subject: Subject | None, node: Written) -> bool:
    """Whether a formula in one name says what a function is: ``LeakyReLU(x) = max(0.01 x, x)``."""
    found = defines_function(subject.node, node, state.graph) if subject is not None else None
    if found is None or subject is None:
        return False
    is_known, names = found
    return is_function_of_name(subject.node) or (is_known and bool(names))


def _symbolic(
    state: State, subject: Subject | None, node: Written, before: Formula | None, has_literals: bool
) -> Outcome:
    """Judge a formula in symbols; whole numbers in it may stand in place of names."""
    outcome = judge_symbolic(state, subject, node, before.node if before is not None else None)
    has_cases = any(isinstance(part, Cases) for part in parts(node))
    is_put = has_literals and not has_cases and not _names_all(state, subject, node)
    if outcome.verdict in BLAMED and is_put and reaches(state, subject, node):
        return correct("with numbers in place")
    return outcome


def _names_all(state: State, subject: Subject | None, node: Written) -> bool:
    """Whether a formula names all that a quantity is made from: no number stands in place of any of it."""
    quantity = state.graph.quantities.get(lone(subject.keys).partition("@")[0]) if subject is not None else None
    if quantity is None or not quantity.parents:
        return False
    named = {
        key.partition("@")[0]
        for one in symbols(node)
        for row in keys_of(one, state.binding, state.scope) or ()
        for key in row
    }
    return named >= set(quantity.parents)


def _remembered(state: State, form: Form, outcome: Outcome) -> Outcome:
    """Remember a wrong formula; one that was given before follows from that."""
    earlier = next((one for one in state.wrong_forms if (one.key, one.node) == (form.key, form.node)), None)
    state.wrong_forms.append(form if earlier is None else earlier)
    return outcome if earlier is None else follows(earlier.claim, "repeats an earlier formula")
