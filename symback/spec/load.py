"""Load a spec from a file, a text or Python values, and name every problem with its place."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from symback import resources
from symback.notation.notation import NotationError, load_notation
from symback.resources import BUILT_IN, Templates
from symback.spec.encoding import MOST_BYTES
from symback.spec.model import Spec
from symback.spec.parts import PARTS, in_part, page_tree, part_problems, part_trees
from symback.spec.problems import Path, Problem, RefusedError, SpecError, SymbackError, error_for, nearest, show
from symback.spec.source import Source, placed, read_source
from symback.spec.words import check_known

STANDARD_INPUT = "-"
A_SPEC = "a mapping with schema, network, parameters, data and loss"


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The styles and notations that there are, and where; an empty collection accepts any name."""

    styles: Collection[str] = ()
    notations: Collection[str] = ()
    templates: Templates = BUILT_IN


def known_names(templates: Templates = BUILT_IN) -> KnownNames:
    """Return the names of the styles and notations that there are."""
    return KnownNames(resources.styles(templates), resources.notations(templates), templates)


def load_file(path: str | FilePath, names: KnownNames | None = None) -> Spec:
    """Return the spec in a YAML file; ``-`` is standard input, and an example is called by its name alone.

    Raises
    ------
    SpecError
        If the file cannot be read or anything in it is wrong, with every problem and its place.
    LimitationError
        If it asks only for something that is not supported yet.
    """
    if str(path) == STANDARD_INPUT:
        return _load(sys.stdin.buffer.read(MOST_BYTES + 1), "<stdin>", names)
    return _load(_content(path), str(path), names)


def _content(path: str | FilePath) -> bytes:
    """Return what stands in a file or in an example, or a little more than may stand there."""
    file = FilePath(path)
    if str(path) in resources.examples() and not file.exists():
        file = resources.example_file(str(path))
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        came = f"a file that cannot be read ({getattr(error, 'strerror', None) or error})"
        known = nearest(str(path), resources.examples())
        raise SpecError([Problem((), came, "a spec file or the name of an example", known, str(path))]) from None


def place_problems(problems: Iterable[Problem], path: str | FilePath) -> list[Problem]:
    """Return what was found in a spec after it was loaded from a file, with the places; standard input has none."""
    if str(path) == STANDARD_INPUT:
        return [replace(problem, file="<stdin>") for problem in problems]
    source = read_source(_content(path))
    return [replace(placed(problem, source), file=str(path)) for problem in problems]


def load_text(text: str, file: str = "<text>", names: KnownNames | None = None) -> Spec:
    """Return the spec in a YAML text; `file` is what problems call it. Raises as `load_file` does."""
    return _load(text.encode("utf-8", "surrogatepass"), file, names)


def load_mapping(values: Mapping[str, Any], names: KnownNames | None = None) -> Spec:
    """Return the spec in Python values, keyed as in a file. Raises as `load_file` does, without places.

    A float means its shortest decimal; ``int``, ``Decimal``, ``Fraction`` and ``str`` are taken exactly.
    """
    spec, problems = _validate(values, names or known_names())
    if spec is None or problems:
        raise error_for(problems)
    return spec


def _load(content: bytes, file: str, names: KnownNames | None) -> Spec:
    source = read_source(content)
    problems = source.problems
    spec = None
    if source.tree is None and not problems:
        problems.append(Problem((), "an empty text", A_SPEC, line=1, column=1))
    elif source.tree is not None:
        spec, found = _validate(source.tree, names or known_names())
        problems += [placed(problem, source) for problem in found if not _is_lost(problem.path, source)]
    if spec is None or problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise error_for([replace(problem, file=file) for problem in problems])
    return spec


def _validate(tree: Any, names: KnownNames) -> tuple[Spec | None, list[Problem]]:
    """Return the spec, if there is one, and all that is wrong with `tree`."""
    if not isinstance(tree, Mapping):
        return None, [Problem((), show(tree), A_SPEC)]
    if tree.get(PARTS, ()) not in ((), []):
        return _validate_parts(tree, names)
    problems = _name_problems(tree, "style", "name", names.styles)
    problems += _name_problems(tree, "notation", "preset", names.notations) or _entry_problems(tree, names)
    try:
        return Spec.model_validate(tree, context=names.templates), problems
    except SymbackError as error:
        return None, [*error.problems, *problems]


def _validate_parts(tree: Mapping[str, Any], names: KnownNames) -> tuple[Spec | None, list[Problem]]:
    """Return the spec of a page with several parts, if there is one, and all that is wrong with `tree`."""
    if problems := list(part_problems(tree[PARTS])):
        return None, problems
    specs = []
    for number, part in enumerate(part_trees(tree)):
        spec, found = _validate(part, names)
        problems += [in_part(problem, tree, number) for problem in found]
        specs.append(spec)
    known = [spec for spec in specs if spec is not None]
    if problems or len(known) < len(specs):
        return None, list(dict.fromkeys(problems))
    try:
        page = Spec.model_validate(page_tree(tree), context=names.templates)
    except SymbackError as error:
        return None, list(error.problems)
    return page.with_parts(known, tree), []


def _name_problems(tree: Mapping[str, Any], key: str, inner: str, known: Collection[str]) -> list[Problem]:
    """Return the problem of a name under `key` that is not among the `known` ones, if any are known."""
    value = tree.get(key)
    path: Path = (key, inner) if isinstance(value, Mapping) else (key,)
    name = value.get(inner) if isinstance(value, Mapping) else value
    if isinstance(name, str) and known:
        try:
            check_known(name, known)
        except RefusedError as error:
            return [Problem(path, error.came, error.expected, error.nearest)]
    return []


def _entry_problems(tree: Mapping[str, Any], names: KnownNames) -> list[Problem]:
    """Return the problem of a notation's first entry that cannot be used, on its own or with the named preset."""
    value = tree.get("notation")
    if not isinstance(value, Mapping) or not names.notations:
        return []
    preset, entries = value.get("preset"), {key: entry for key, entry in value.items() if isinstance(entry, str)}
    entries.pop("preset", None)
    try:
        load_notation(preset if isinstance(preset, str) else min(names.notations), entries, names.templates)
    except NotationError as error:
        at_key = error.came == repr(error.key)
        return [Problem(("notation", error.key), error.came, error.expected, error.nearest, at_key=at_key)]
    return []


def _is_lost(path: Path, source: Source) -> bool:
    """Return whether `path` lies in a value that could not be read, about which all is said."""
    return any(path[:depth] in source.lost for depth in range(len(path) + 1))
