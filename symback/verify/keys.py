"""Keys: under which id the value of what a formula names is kept, where in the document the formula stands."""

from __future__ import annotations

from dataclasses import dataclass

from symback.graph.quantity import BATCH
from symback.verify.binding import Binding
from symback.verify.claims import SHARE
from symback.verify.schemes.scheme import Target
from symback.verify.targets import at_sample, is_joined
from symback.verify.trees import bare, rebuilt
from symback.written.nodes import NEW, Call, Derivative, Group, IndexedSum, Matrix, Name, Symbol, Transpose, Written

Keys = tuple[tuple[str, ...], ...]
"""Rows of keys of quantities and derivatives; an empty key stands for what is not known."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in the document a formula stands, as far as its names depend on it."""

    sample: int = 0
    moves: str = ""
    iteration: int = 1

    def key(self, key: str) -> str:
        """Return the key that a key means here, at the sample at hand."""
        if not self.sample or "@" in key or not key:
            return key
        return at_sample(key, self.sample)


def keys_of(node: Written, binding: Binding, scope: Scope) -> Keys | None:
    """Return the keys of what a formula names, or None where it is no name."""
    if isinstance(node, Group):
        return keys_of(node.body, binding, scope)
    if isinstance(node, Name):
        return ((node.id,),)
    if isinstance(node, Transpose):
        inner = keys_of(node.operand, binding, scope)
        return None if inner is None else tuple(zip(*inner, strict=True))
    if isinstance(node, Symbol):
        target = binding.of(node)
        if target is None:
            return None
        named = _rows(target, scope)
        return _shares(named, binding) if is_joined(target) else _of_all(named, binding, scope)
    if isinstance(node, Derivative):
        return _derivative_keys(node, binding, scope)
    if isinstance(node, Call):
        return _local_derivative_keys(node, binding, scope)
    if isinstance(node, Matrix):
        rows = []
        for row in node.rows:
            found = [keys_of(entry, binding, scope) for entry in row]
            rows.append(tuple(one[0][0] if one is not None and len(one) == len(one[0]) == 1 else "" for one in found))
        return tuple(rows) if any(key for row in rows for key in row) else None
    return None


def vector_keys(symbol: Symbol, binding: Binding, scope: Scope) -> Keys | None:
    """Return the keys of the vector that a name means beside one number, or None where it means none."""
    target = binding.vector_of(symbol)
    return None if target is None else _rows(target, scope)


def with_keys(node: Written, binding: Binding, scope: Scope) -> Written:
    """Return a formula with keys in place of the names that are known: they need not be looked up at every point.

    A sum over an index stays: which names stand in it is known when its letter has a number.
    """
    if isinstance(node, IndexedSum):
        return node
    keys = keys_of(node, binding, scope) if isinstance(node, (Symbol, Derivative)) else None
    if keys is None or not all(key for row in keys for key in row):
        return rebuilt(node, lambda part: with_keys(part, binding, scope))
    return Name(lone(keys)) if lone(keys) else Matrix(tuple(tuple(map(Name, row)) for row in keys))


def _rows(target: Target, scope: Scope) -> Keys:
    if isinstance(target, str):
        return ((scope.key(plain(target)),),)
    return tuple(tuple(scope.key(plain(name)) for name in row) for row in target)


def plain(key: str) -> str:
    """Return the key under which δ is kept: that of the derivative; a minus before it stays."""
    if key.startswith("-"):
        return "-" + plain(key[1:])
    name, at, sample = key.partition("@")
    return f"loss{at}{sample}:{name.replace('delta.', 'z.', 1)}" if name.startswith("delta.") else key


def _derivative_keys(node: Derivative, binding: Binding, scope: Scope) -> Keys | None:
    of = ((scope.key("loss"),),) if node.of == Symbol("") else keys_of(node.of, binding, scope)
    by = _only_one(_with_outputs(keys_of(node.by, binding, scope), binding))
    if by is not None and node.of == Symbol("") and binding.calls_deltas_by_activations:
        by = tuple(tuple(f"z{key[1:]}" if key.startswith("a.") else key for key in row) for row in by)
    if of is None or by is None or not isinstance(bare(node.of), (Symbol, Name)) or len(of) != 1 or len(of[0]) != 1:
        return None
    root = of[0][0]
    if node.of == Symbol("") and by == of:  # ∇f
        if not binding.variables:
            return None
        by = tuple((name,) for name in binding.variables)
    if ":" in root or root.endswith("+") or not root:
        return None
    if is_joined(by) and root in ("loss", BATCH):
        return _shares(tuple(tuple(_of_sample(key) for key in row) for row in by), binding)
    if are_parameters(by):
        root = lone(_of_all(of, binding, scope))
    rows = tuple(
        tuple(f"{root}:{key.partition('@')[0]}" if key and ":" not in key else "" for key in row) for row in by
    )
    if not all(key for row in rows for key in row):
        return None
    return tuple(zip(*rows, strict=True)) if binding.is_numerator else rows


def _only_one(by: Keys | None) -> Keys | None:
    """Return one key for a bias that stands in all places of a vector: who derives by that derives by the bias."""
    return by if by is None or len({key for row in by for key in row}) > 1 else ((by[0][0],),)


def _of_sample(key: str) -> str:
    """Return the key of the derivative of a sample's loss by what belongs to that sample."""
    name, _, sample = key.partition("@")
    return f"loss@{sample}:{name}"


def _shares(rows: Keys, binding: Binding) -> Keys:
    """Return keys of what joins samples; its derivatives are those of the mean where the document divides them."""
    if not binding.divides_samples:
        return rows
    return tuple(tuple(SHARE + key if key.startswith("loss@") and ":" in key else key for key in row) for row in rows)


def _of_all(rows: Keys, binding: Binding, scope: Scope) -> Keys:
    """Return the loss of all samples for the loss in a document that joins them, where no sample is at hand."""
    if scope.sample or not binding.joins_samples or rows != (("loss",),):
        return rows
    return ((BATCH,),)


def _local_derivative_keys(node: Call, binding: Binding, scope: Scope) -> Keys | None:
    """Return the keys of the derivatives of activations that ``σ'(z)`` names; None for any other function."""
    inner = keys_of(node.arguments[0], binding, scope) if node.primes == 1 and len(node.arguments) == 1 else None
    function = node.function if isinstance(node.function, str) else ""
    if inner is None or not all(binding.is_argument_of(key, function) for row in inner for key in row):
        return None
    return tuple(tuple(f"{key.replace('z.', 'a.', 1)}:{key.partition('@')[0]}" for key in row) for row in inner)


def _with_outputs(by: Keys | None, binding: Binding) -> Keys | None:
    """Return keys with the outputs in place of their targets: nobody derives by a target, but many call both ``y``."""
    return by and tuple(tuple(binding.output_for(key) for key in row) for row in by)


def lone(keys: Keys | None) -> str:
    """Return the key if it is just one, else nothing."""
    return keys[0][0] if keys is not None and len(keys) == len(keys[0]) == 1 else ""


def laid_like(keys: Keys, shape: tuple[int, int]) -> Keys | None:
    """Return keys in the shape in which numbers are printed, a vector turned if need be; None if they do not fit."""
    if (len(keys), len(keys[0])) == shape:
        return keys
    if (len(keys[0]), len(keys)) == shape and 1 in shape:
        return tuple(zip(*keys, strict=True))
    return None


def is_parameter(key: str) -> bool:
    """Whether a key is that of a weight or bias before the update."""
    return key.startswith(("w.", "b.")) and not key.endswith(NEW)


def are_parameters(keys: Keys) -> bool:
    """Whether all keys that are known are those of weights and biases before the update."""
    return all(is_parameter(key) for row in keys for key in row if key)


def updated(keys: Keys) -> Keys:
    """Return keys with parameters replaced by their new values."""
    return tuple(tuple(key + NEW if is_parameter(key) else key for key in row) for row in keys)
