"""What a chain is about: which quantities its first side names, in the shape in which their numbers are printed."""

from __future__ import annotations

from dataclasses import replace

from symback.graph.build import is_constant
from symback.graph.quantity import BATCH
from symback.reading.statements import Side, Statement
from symback.verify.applications import is_application
from symback.verify.balls import decimal, printing_like
from symback.verify.duals import Dual, constant
from symback.verify.general import COUNTS
from symback.verify.judging.batches import of_batch
from symback.verify.judging.operands import digits
from symback.verify.judging.paths import is_no_path
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import Keys, are_parameters, keys_of, laid_like, lone, updated, vector_keys
from symback.verify.printed import PrintedRows, is_vector, printed_rows, shape_of
from symback.verify.reading import ARROWS
from symback.verify.shapes import agree
from symback.verify.spelling import spelling
from symback.verify.trees import parts, symbols
from symback.written.nodes import NEW, Derivative, Matrix, Negative, Product, Sum, Symbol, Written


def subject_of(state: State, side: Side, statement: Statement) -> Subject | None:
    """Return what a chain is about; None if its first side cannot be read."""
    node = side.node
    if node is None:
        return None
    if is_application(node):
        return Subject(node, None, None)
    if _is_count(state, node, statement):
        return Subject(node, None, None)
    node = _without_words(state, node)
    is_update = any(sign in ARROWS for sign in statement.signs) or _repeats_itself(statement)
    is_update = is_update or starts_from_itself(state, node, statement)
    keys = _keys(state, node, statement, is_update)
    truth = state.values(keys) if keys is not None else state.worth(node, state.true, digits(state))
    is_certain = state.trusts(symbols(node))
    subject = Subject(node, keys, truth, is_no_path(node, state.binding), is_update, is_certain)
    subject = _through_all(state, subject, statement)
    return of_batch(state, subject, statement) if state.graph.learned_root == BATCH else subject


def _is_count(state: State, node: Written, statement: Statement) -> bool:
    """Whether a letter is said to be how many outputs, samples or inputs there are."""
    graph = state.graph
    if not isinstance(node, Symbol) or node.base not in COUNTS or node.subscript or state.binding.is_at_home(node):
        return False
    rows = printed_rows(statement.sides[-1])
    counts = {len(graph.outputs), len(graph.samples), len(graph.inputs)}
    return shape_of(rows) == (1, 1) and rows[0][0][0] in counts


def _through_all(state: State, subject: Subject, statement: Statement) -> Subject:
    """Take a derivative through all paths for what it is where the printed number is that, and not the direct one."""
    of, _, by = lone(subject.keys).partition(":")
    rows = printed_rows(statement.sides[-1])
    if not by or shape_of(rows) != (1, 1) or not isinstance(subject.truth, Dual):
        return subject
    if not state.truth.is_ambiguous(of, by):
        return subject
    printed = printing_like(*rows[0][0])
    total = state.truth.partial(of, by)
    if subject.truth.value.overlaps(printed) or not total.overlaps(printed):
        return subject
    return replace(subject, keys=None, truth=constant(total), is_certain=False)


def _without_words(state: State, node: Written) -> Written:
    """Return a name without the words before it that are no factors: ``update w_1``."""
    if not isinstance(node, Product) or not node.juxtaposed:
        return node
    *words, name = node.factors
    are_words = all(
        isinstance(word, Symbol) and not word.subscript and state.binding.of(word) is None for word in words
    )
    return name if are_words and isinstance(name, (Symbol, Derivative)) else node


def _keys(state: State, node: Written, statement: Statement, is_update: bool) -> Keys | None:
    """Return the keys that the head of a chain names."""
    keys = keys_of(node, state.binding, state.scope)
    if keys is None and isinstance(node, Symbol):
        keys = _by_shape(state, node, statement)
    if keys is None:
        return _step(state, node, statement)
    if isinstance(node, Symbol) and any(map(is_vector, map(printed_rows, statement.sides))):
        keys = vector_keys(node, state.binding, state.scope) or keys
    keys = _shaped(keys, statement)
    if is_update and lone(keys) in state.graph.parameters:  # whatever its id is
        return ((lone(keys) + NEW,),)
    return updated(keys) if is_update and are_parameters(keys) else keys


def _repeats_itself(statement: Statement) -> bool:
    """Whether a parameter is set to itself less something: ``w = w - 0.1 * g``."""
    first, *others = (side.node for side in statement.sides)
    return any(isinstance(node, Sum) and node.terms[0] == first for node in others)


def starts_from_itself(state: State, node: Written, statement: Statement) -> bool:
    """Whether a parameter is set to its own number less a product, alone or in a vector: ``w = 0.5 - 0.1 * 0.2``."""
    keys = keys_of(node, state.binding, state.scope)
    if keys is None or not are_parameters(keys) or not all(key in state.graph.given for row in keys for key in row):
        return False
    for side in statement.sides[1:]:
        rows = side.node.rows if isinstance(side.node, Matrix) else ((side.node,),)
        laid = laid_like(keys, (len(rows), len(rows[0])))
        for line, entries in zip(laid or (), rows, strict=False):
            if any(_steps_from(state, key, entry) for key, entry in zip(line, entries, strict=True)):
                return True
    return False


def _steps_from(state: State, key: str, node: Written | None) -> bool:
    """Whether a formula is the number of a parameter less a product."""
    if not isinstance(node, Sum) or len(node.terms) != 2:
        return False
    old, change = node.terms
    number = decimal(old)
    own = {state.graph.given[key].value, *(one.number[0] for one in state.carried.stated(key))}
    return number is not None and number[0] in own and any(isinstance(part, Product) for part in parts(change))


def _step(state: State, node: Written, statement: Statement) -> Keys | None:
    """Return the new values that an expression such as ``w - 0.1 g`` at the head of a chain is about."""
    if not isinstance(node, Sum) or len(node.terms) != 2 or not isinstance(node.terms[1], Negative):
        return None
    old = keys_of(node.terms[0], state.binding, state.scope)
    if old is None or not are_parameters(old):
        return None
    new = updated(_shaped(old, statement))
    value, wanted = state.worth(node, state.truth.value), state.values(new)
    return new if value is not None and wanted is not None and agree(wanted, value) else None


def _shaped(keys: Keys, statement: Statement) -> Keys:
    """Return keys laid out as the chain prints them: a column where a row stands is turned."""
    rows = next((rows for rows in map(printed_rows, reversed(statement.sides)) if is_vector(rows)), ())
    keys = _without_constant(keys, shape_of(rows))
    shape = (len(keys), len(keys[0]))
    if shape != shape_of(rows) and shape[::-1] == shape_of(rows):
        return tuple(zip(*keys, strict=True))
    return keys


def _without_constant(keys: Keys, shape: tuple[int, int]) -> Keys:
    """Return the keys of a vector without the constant before them, where only the others are printed."""
    flat = [key for row in keys for key in row]
    if 1 not in (len(keys), len(keys[0])) or len(flat) - 1 != max(shape) or not is_constant(flat[0].partition("@")[0]):
        return keys
    return keys[1:] if len(keys) > 1 else (keys[0][1:],)


def _by_shape(state: State, symbol: Symbol, statement: Statement) -> Keys | None:
    """Return the vector or matrix that a name without its layer means: that of the shape and numbers printed for it."""
    rows = next((rows for rows in map(printed_rows, statement.sides) if is_vector(rows)), ())
    role = state.binding.family_role(spelling(symbol))
    if not rows or role not in ("w", "b", "z", "a"):
        return None
    most, best = 0, None
    for layer in state.graph.layers:
        columns = {"b": layer.biases, "z": layer.pre_activations, "a": layer.activations}
        found: Keys = layer.matrix if role == "w" else tuple((one,) for one in columns[role])
        for keys in (found, tuple(zip(*found, strict=True))):
            if (len(keys), len(keys[0]) if keys else 0) == shape_of(rows):
                meant = updated(keys) if spelling(symbol).is_new else keys
                agreed = _agreeing(state, meant, rows)
                if agreed > most:
                    most, best = agreed, meant
    return best


def _agreeing(state: State, keys: Keys, rows: PrintedRows) -> int:
    """Return how many keys print as the numbers in their places."""
    return sum(
        state.binding.prints(key, number)
        for line, numbers in zip(keys, rows, strict=True)
        for key, number in zip(line, numbers, strict=True)
    )
