"""An author's own folder of templates: opened, and every file in it read, before anything is done with it.

What stands in the plan of a style is checked where the plan is used, by `symback.document.plan_check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from symback import resources
from symback.notation.notation import NotationError, load_notation
from symback.resources import BUILT_IN, Templates
from symback.spec.encoding import decode
from symback.spec.problems import Path as Place
from symback.spec.problems import Problem, TemplateError, nearest, show
from symback.spec.source import Source, placed, read_source

NAME = "[a-z0-9]+(-[a-z0-9]+)*"
"""What styles and notations may be called: words of lower-case letters and digits, joined by hyphens."""

KINDS: Mapping[str, tuple[str, str]] = {
    "styles": (rf"styles/{NAME}/(plan|phrases\.en)\.yaml", "styles/NAME/plan.yaml or styles/NAME/phrases.en.yaml"),
    "notations": (rf"notations/{NAME}\.yaml", "notations/NAME.yaml"),
    "phrases": (r"phrases/en\.yaml", "phrases/en.yaml"),
    "formats": (r"formats/.*", "formats/NAME.jinja"),
    "sheets": (r"sheets/plan\.yaml", resources.SHEET),
}
"""The folders that a folder of templates may hold: what its YAML files are called, as a pattern and in words."""


def templates_in(folder: str | Path | Templates | None) -> Templates:
    """Return the templates of an author's `folder` over those of symback, or these alone where there is no folder.

    Raises
    ------
    TemplateError
        If the folder cannot be read or anything in it is wrong, with every problem and its place.
    """
    if folder is None:
        return BUILT_IN
    if isinstance(folder, Templates):
        return folder
    root = Path(folder)
    templates = Templates((root, *BUILT_IN.roots))
    try:
        problems = [*_folder_problems(root)] or [*_name_problems(root)] or [*_content_problems(root, templates)]
    except OSError as error:
        name = str(error.filename or root)
        problems = [Problem((), f"a template that cannot be read ({error.strerror})", "a text file", file=name)]
    if problems:
        raise TemplateError(problems)
    return templates


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


def _folder_problems(root: Path) -> Iterator[Problem]:
    """Yield the problem of a folder that is not there or is none of templates."""
    expected = f"a folder that holds one of the folders {', '.join(KINDS)}"
    try:
        inside = sorted(path.name for path in root.iterdir())
    except OSError as error:
        known = nearest(root.name, _folders_beside(root))
        came = f"{show(str(root))}, which cannot be read ({error.strerror})"
        yield Problem(("templates",), came, expected, str(root.with_name(known)) if known else "")
        return
    if not any((root / kind).is_dir() for kind in KINDS):
        above = next((path.parent for path in (root, *root.parents) if path.name in KINDS), None)
        meant = next(filter(None, (nearest(name, KINDS) for name in inside)), "") if above is None else str(above)
        yield Problem(("templates",), f"{show(str(root))}, which holds none", expected, meant)


def _folders_beside(root: Path) -> list[str]:
    try:
        return sorted(path.name for path in root.parent.iterdir() if path.is_dir())
    except OSError:
        return []


def _name_problems(root: Path) -> Iterator[Problem]:
    """Yield files that nothing would ever read because of what they are called, and styles without a plan."""
    for kind, (pattern, words) in KINDS.items():
        for path in _yaml_files(root / kind):
            if not re.fullmatch(pattern, path.relative_to(root).as_posix()):
                expected = f"{words} (a NAME has lower-case letters, digits and hyphens)" if "NAME" in words else words
                yield Problem((), "a file that is not used under this name", expected, file=str(path))
    for folder in sorted((root / "styles").glob("[!.]*/")):
        own = resources.styles()
        if folder.is_dir() and folder.name not in own and not (folder / "plan.yaml").is_file():
            came, expected = "a style without a plan", "the file plan.yaml, or the name of a style that there is"
            yield Problem((), came, expected, nearest(folder.name, own), file=str(folder))


def _yaml_files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _content_problems(root: Path, templates: Templates) -> Iterator[Problem]:
    """Yield what is wrong within the files."""
    plans = [*_yaml_files(root / "sheets"), *(path for path in _yaml_files(root / "styles") if path.stem == "plan")]
    for path in plans:
        yield from template_problems(path, lambda tree, path=path: _plan_problems(tree, path))  # type: ignore[misc]
    for path in _yaml_files(root / "notations"):
        check = lambda tree, name=path.stem: _notation_problems(tree, name, templates)  # noqa: E731 (one of several)
        yield from template_problems(path, check)
    for path in sorted((root / "formats").glob("*.jinja")):
        yield from (replace(problem, file=str(path)) for problem in decode(path.read_bytes())[1])
    phrases = [*_yaml_files(root / "phrases"), *(path for path in _yaml_files(root / "styles") if path.stem != "plan")]
    used = _phrase_names(templates) if phrases else set()
    for path in phrases:
        yield from template_problems(path, lambda tree: _phrase_problems(tree, used))


def _plan_problems(tree: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Yield what keeps a plan from being read; of a sheet's, the questions have to be known before a spec is loaded."""
    try:
        resources.data(path)
    except (ValueError, yaml.YAMLError) as error:
        yield Problem((), f"a value that is none ({error})", "a value", line=1, column=1)
    if path.parent.name == "sheets":
        for key, kind, words in (("problem", list, "a list of rows"), ("questions", dict, "questions by their names")):
            if not isinstance(tree.get(key), kind) or not tree[key]:
                yield Problem((key,), show(tree[key]) if key in tree else "nothing", words)


def _notation_problems(tree: Mapping[str, Any], name: str, templates: Templates) -> Iterator[Problem]:
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
    own = (path for pattern in ("phrases/en.yaml", "styles/*/phrases.en.yaml") for path in BUILT_IN.glob(pattern))
    plans = (path for pattern in (resources.plan_name("*"), resources.SHEET) for path in templates.glob(pattern))
    names = {name for path in own for name in resources.words(path)}
    return names.union(*(_texts(read_source(path.read_bytes()).tree) for path in plans))


def _texts(tree: Any) -> set[str]:
    """Return all texts in a tree."""
    if isinstance(tree, str):
        return {tree}
    inner = tree.values() if isinstance(tree, Mapping) else tree if isinstance(tree, list) else ()
    return set().union(*map(_texts, inner))


def _phrase_problems(tree: Mapping[str, Any], used: set[str]) -> Iterator[Problem]:
    for name, text in tree.items():
        if not isinstance(text, str):
            yield Problem((name,), show(text), "text")
        elif name not in used:
            known = nearest(name, sorted(used))
            expected = "the name of a phrase that a plan or a builder asks for"
            yield Problem((name,), f"the phrase {show(name)}, which nothing uses", expected, known, at_key=True)
