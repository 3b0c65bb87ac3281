"""What is wrong within the files of an author's own templates, as far as it shows without the machinery of pages.

What stands in the plan of a style is checked where the plan is used, by `symback.document.plan_check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from symback import resources
from symback.notation.notation import NotationError, load_notation
from symback.resources import BUILT_IN, Templates
from symback.spec.encoding import decode
from symback.spec.problems import Path as Place
from symback.spec.problems import Problem, nearest, show
from symback.spec.source import Source, placed, read_source


def template_problems(path: Path, check: Callable[[Any], Iterator[Problem]]) -> Iterator[Problem]:
    """Yield what is wrong with a YAML file of templates, and where: as YAML, or what `check` finds in its tree."""
    source = read_source(path.read_bytes())
    for problem in source.problems or _problems_in(source, path, check):
        yield replace(problem, file=str(path))


def _problems_in(source: Source, path: Path, check: Callable[[Any], Iterator[Problem]]) -> Iterator[Problem]:
    if not isinstance(source.tree, Mapping):
        came = "an empty text" if source.tree is None else show(source.tree)
        yield Problem((), came, "a mapping", line=1, column=1)
        return
    found = [placed(problem, source) for problem in check(source.tree)]
    yield from sorted(found, key=lambda problem: (problem.line, problem.column))


def yaml_files(folder: Path) -> list[Path]:
    """Return all YAML files below a folder but hidden ones, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def content_problems(root: Path, templates: Templates) -> Iterator[Problem]:
    """Yield what is wrong within the files."""
    plans = [
        *yaml_files(root / "sheets"),
        *yaml_files(root / "equations"),
        *(path for path in yaml_files(root / "styles") if path.stem == "plan"),
    ]
    unread = [problem for path in plans for problem in template_problems(path, partial(_plan_problems, path))]
    yield from unread
    for path in yaml_files(root / "notations"):
        yield from template_problems(path, partial(_notation_problems, path.stem, templates))
    for path in sorted((root / "formats").glob("*.jinja")):
        yield from (replace(problem, file=str(path)) for problem in decode(path.read_bytes())[1])
    phrases = [*yaml_files(root / "phrases"), *(path for path in yaml_files(root / "styles") if path.stem != "plan")]
    used = _phrase_names(templates) if phrases and not unread else None
    for path in phrases:
        yield from template_problems(path, partial(_phrase_problems, used))


def _plan_problems(path: Path, tree: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what keeps a plan from being read; of a sheet's, the questions have to be known before a spec is loaded."""
    try:
        resources.data(path)
    except (ValueError, yaml.YAMLError) as error:
        yield Problem((), f"a value that is none ({' '.join(str(error).split())})", "a value", line=1, column=1)
    if path.parent.name in ("sheets", "equations"):
        for key, kind, words in (("problem", list, "a list of rows"), ("questions", dict, "questions by their names")):
            if not isinstance(tree.get(key), kind) or not tree[key]:
                yield Problem((key,), show(tree[key]) if key in tree else "nothing", words)


def _notation_problems(name: str, templates: Templates, tree: Mapping[str, Any]) -> Iterator[Problem]:
    texts = tree.get("functions", {})
    entries: dict[Place, Any] = {(key,): entry for key, entry in tree.items() if key != "functions"}
    entries |= {("functions", key): entry for key, entry in texts.items()} if isinstance(texts, Mapping) else {}
    wrong = [path for path, entry in entries.items() if not isinstance(entry, str)]
    yield from (Problem(path, show(entries[path]), "text") for path in wrong)
    if not wrong:
        try:
            load_notation(name, templates=templates)
        except NotationError as error:
            at_key = error.came == repr(error.key)
            yield Problem((error.key,), error.came, error.expected, error.nearest, at_key=at_key)


def _phrase_names(templates: Templates) -> set[str]:
    """Return the names of all phrases that a builder or a plan may ask for: what is not among them is misspelt."""
    own = (path for pattern in ("phrases/*.yaml", "styles/*/phrases.*.yaml") for path in BUILT_IN.glob(pattern))
    plans = (path for pattern in (resources.plan_name("*"), resources.SHEET) for path in templates.glob(pattern))
    names = {name for path in own for name in resources.words(path)}
    return names.union(*(_texts(read_source(path.read_bytes()).tree) for path in plans))


def _texts(tree: Any) -> set[str]:
    """Return all texts in a tree."""
    if isinstance(tree, str):
        return {tree}
    inner = tree.values() if isinstance(tree, Mapping) else tree if isinstance(tree, list) else ()
    return set().union(*map(_texts, inner))


def _phrase_problems(used: set[str] | None, tree: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield phrases that are no text, and those that nothing uses, unless a plan that may use them cannot be read."""
    for name, text in tree.items():
        if not isinstance(text, str):
            yield Problem((name,), show(text), "text")
        elif used is not None and name not in used:
            known = nearest(name, sorted(used))
            expected = "the name of a phrase that a plan or a builder asks for"
            yield Problem((name,), f"the phrase {show(name)}, which nothing uses", expected, known, at_key=True)
