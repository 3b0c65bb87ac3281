"""Replace leaves or parts of a written tree by other trees; everything else keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
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


def leaves(tree: Written) -> tuple[str, ...]:
    """Return the keys of all names and partial derivatives in `tree`, each once, in the order of the page."""
    found: dict[str, None] = {}
    _collect(tree, found)
    return tuple(found)


def _rebuild(part: Any, exchange: Callable[[Written], Written | None]) -> Any:
    if isinstance(part, tuple):
        return tuple(_rebuild(item, exchange) for item in part)
    if not isinstance(part, Written):
        return part
    exchanged = exchange(part)
    if exchanged is not None:
        return exchanged
    names = _fields(type(part))
    return replace(part, **{name: _rebuild(getattr(part, name), exchange) for name in names}) if names else part  # type: ignore[type-var]


def _collect(part: Any, found: dict[str, None]) -> None:
    if isinstance(part, tuple):
        for item in part:
            _collect(item, found)
    elif isinstance(part, Name | Partial):
        found[part.key] = None
    elif isinstance(part, Written):
        for name in _fields(type(part)):
            _collect(getattr(part, name), found)


def _fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a kind of node that can hold other nodes."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(item.name for item in fields(kind) if "Written" in str(item.type))
    return _FIELDS[kind]


_FIELDS: dict[type[Any], tuple[str, ...]] = {}
