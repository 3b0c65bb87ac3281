"""Checks of the single words, numbers and keys of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from symback.spec.problems import Path as Place
from symback.spec.problems import Problem, nearest, show

Problems = Iterator[Problem]


def key_problems(
    tree: Mapping[str, Any], place: Place, needed: Collection[str], others: Collection[str] = ()
) -> Problems:
    """Yield keys that are missing and those that are not known."""
    known = dict.fromkeys((*needed, *others))
    strange = [key for key in tree if key not in known]
    for key in strange:
        came, expected = f"the unknown key {show(key)}", f"one of {', '.join(known)}"
        yield Problem((*place, key), came, expected, nearest(key, known), at_key=True)
    for key in needed:
        if key not in tree and all(nearest(word, known) != key for word in strange):
            yield Problem((*place, key), "nothing", f"the key {show(key)}")


def word_problems(value: Any, place: Place, known: Collection[str], at_key: bool = False) -> Problems:
    """Yield that a value is not one of the `known` words."""
    if not isinstance(value, str) or value not in known:
        near = nearest(value, known) if isinstance(value, str) else ""
        yield Problem(place, show(value), f"one of {', '.join(known)}", near, at_key=at_key)


def text_problems(value: Any, place: Place, known: Collection[str] | None = None) -> Problems:
    """Yield that a value is not text; none is `known` beforehand."""
    if not isinstance(value, str):
        yield Problem(place, show(value), "text")


def truth_problems(value: Any, place: Place, known: Collection[str] | None = None) -> Problems:
    """Yield that a value is not true or false; these are all that is `known`."""
    if not isinstance(value, bool):
        yield Problem(place, show(value), "true or false")


def number_problems(value: Any, place: Place) -> Problems:
    """Yield that a value is not a number."""
    try:
        float(value)
    except (TypeError, ValueError):
        yield Problem(place, show(value), "a number")


def list_problems(value: Any, place: Place, known: Collection[str] | None) -> Problems:
    """Yield that a value is not a list of words, or which words are not among the `known` ones, if any are."""
    if not isinstance(value, list):
        yield Problem(place, show(value), "a list of words")
        return
    for number, word in enumerate(value):
        yield from (
            text_problems(word, (*place, number)) if known is None else word_problems(word, (*place, number), known)
        )
