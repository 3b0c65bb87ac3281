"""Several small networks on one page: each part is a spec of its own, and the keys above the parts are its defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from symback.spec.problems import LimitationError, Problem, show

PARTS = "parts"
OF_THE_PAGE = (PARTS, "title", "front")
"""Keys above the parts that are about the page, and no defaults."""

ONLY_ABOVE = ("schema", "language", PARTS)
"""Keys that no part has, for they hold for the page."""

FEWEST, MOST = 2, 12


def part_problems(parts: Any) -> Iterator[Problem]:
    """Yield why what stands under ``parts`` are no parts."""
    if not isinstance(parts, (list, tuple)) or not FEWEST <= len(parts) <= MOST:
        yield Problem((PARTS,), show(parts), f"a list of {FEWEST} to {MOST} specs")
        return
    for number, part in enumerate(parts):
        if not isinstance(part, Mapping):
            yield Problem((PARTS, number), show(part), "a mapping with the keys of a spec")
            continue
        for key in ONLY_ABOVE:
            if key in part:
                came = f"the key {show(key)} within a part"
                yield Problem((PARTS, number, key), came, "it above the parts, if at all", at_key=True)


def part_trees(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield each part with the keys above the parts as its defaults."""
    shared = {key: value for key, value in tree.items() if key not in OF_THE_PAGE}
    for part in tree[PARTS]:
        yield {**shared, **part}


def page_tree(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first part with what is about the page as a whole."""
    return {**next(part_trees(tree)), **{key: tree[key] for key in OF_THE_PAGE if key in tree}}


def in_part(problem: Problem, tree: Mapping[str, Any], number: int) -> Problem:
    """Return a problem of a part, counted from 0, with its path in the whole; defaults stand above the parts."""
    is_shared = problem.path[:1] and problem.path[0] in tree and problem.path[0] not in tree[PARTS][number]
    return problem if is_shared else replace(problem, path=(PARTS, number, *problem.path))


def refuse_parts(parts: Sequence[Mapping[str, Any]], doing: str) -> None:
    """Accept a spec without parts.

    Raises
    ------
    symback.spec.problems.LimitationError
        If it has parts.
    """
    if parts:
        expected = f"a spec of one network: {doing} takes one at a time, so give each part a file of its own"
        raise LimitationError([Problem((PARTS,), f"{len(parts)} parts", expected, limitation=True)])
