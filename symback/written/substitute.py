"""Replace leaves or parts of a written tree by other trees; everything else keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from operator import is_
from typing import Any

from symback.written.nodes import Name, Partial, Written


def substitute(tree: Written, mapping: Mapping[str, Written]) -> Written:
    """Return `tree` with every leaf whose key is in `mapping` replaced by the tree found there."""

    def exchange(node: Written) -> Written | None:
        return mapping.get(node.key, node) if isinstance(node, Name | Partial) else None

    return _rebuild(tree, exchange)  # type: ignore[no-any-return]


def replace_parts(tree: Written, parts: Sequence[tuple[Written, Written]]) -> Written:
    """Return `tree` with every subtree that equals the first of a pair replaced by the second."""

    def exchange(node: Written) -> Written | None:
        return next((new for old, new in parts if old == node), None)

    return _rebuild(tree, exchange)  # type: ignore[no-any-return]


def rewrite(tree: Written, exchange: Callable[[Written], Written | None]) -> Written:
    """Return `tree` with each node for which `exchange` has another, looked for from the outermost node inwards."""
    return _rebuild(tree, exchange)  # type: ignore[no-any-return]


def equals_substituted(tree: Written, mapping: Mapping[str, Written], other: Written) -> bool:
    """Say whether ``substitute(tree, mapping)`` equals `other`, without building it."""
    return _equals(tree, mapping, other)


def leaves(tree: Written) -> tuple[str, ...]:
    """Return the keys of all names and partial derivatives in `tree`, each once, in the order of the page."""
    found: dict[str, None] = {}
    _collect(tree, found)
    return tuple(found)


def _rebuild(part: Any, exchange: Callable[[Written], Written | None]) -> Any:
    """Return `part` with its nodes exchanged; what has nothing to exchange is handed back as it is."""
    if isinstance(part, tuple):
        items = tuple([_rebuild(item, exchange) for item in part])
        return part if all(map(is_, items, part)) else items
    if not isinstance(part, Written):
        return part
    exchanged = exchange(part)
    if exchanged is not None:
        return exchanged
    kind = type(part)
    before = [getattr(part, name) for name in _names(kind)]
    after = [_rebuild(item, exchange) for item in before]
    return part if all(map(is_, after, before)) else kind(*after)


def _equals(part: Any, mapping: Mapping[str, Written], other: Any) -> bool:
    if isinstance(part, Name | Partial):
        return bool(mapping.get(part.key, part) == other)
    if type(part) is not type(other):
        return False
    if isinstance(part, tuple):
        pairs = zip(part, other, strict=False)
        return len(part) == len(other) and all(_equals(item, mapping, twin) for item, twin in pairs)
    if isinstance(part, Written):
        return all(_equals(getattr(part, name), mapping, getattr(other, name)) for name in _names(type(part)))
    return bool(part == other)


def _collect(part: Any, found: dict[str, None]) -> None:
    kind = type(part)
    if kind is Name or kind is Partial:
        found[part.key] = None
    elif kind is tuple:
        for item in part:
            _collect(item, found)
    elif isinstance(part, Written):
        for name in _names(kind):
            _collect(getattr(part, name), found)


def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of node, in their order."""
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(item.name for item in fields(kind))
    return names


_NAMES: dict[type[Any], tuple[str, ...]] = {}
