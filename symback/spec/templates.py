"""An author's own folder of templates: opened, and every file in it read, before anything is done with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from symback import resources
from symback.resources import BUILT_IN, Templates
from symback.spec.problems import Problem, TemplateError, nearest
from symback.spec.template_files import content_problems, yaml_files

NAME = "[a-z0-9]+(-[a-z0-9]+)*"
"""What styles and notations may be called: words of lower-case letters and digits, joined by hyphens."""

CODE = "[a-z]{2,3}"
"""The code of a language."""

KINDS: Mapping[str, tuple[str, str]] = {
    "styles": (
        rf"styles/{NAME}/(plan|phrases\.{CODE})\.yaml",
        "styles/NAME/plan.yaml or styles/NAME/phrases.CODE.yaml",
    ),
    "notations": (rf"notations/{NAME}\.yaml", "notations/NAME.yaml"),
    "phrases": (rf"phrases/{CODE}\.yaml", "phrases/CODE.yaml"),
    "formats": (r"formats/.*", "formats/NAME.jinja"),
    "sheets": (r"sheets/plan\.yaml", resources.SHEET),
    "equations": (r"equations/plan\.yaml", resources.EQUATIONS),
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
        problems = [*_folder_problems(root)] or [*_name_problems(root)] or [*content_problems(root, templates)]
    except OSError as error:
        name = str(error.filename or root)
        problems = [Problem((), f"a template that cannot be read ({error.strerror})", "a text file", file=name)]
    if problems:
        raise TemplateError(problems)
    return templates


def _folder_problems(root: Path) -> Iterator[Problem]:
    """Yield the problem of a folder that is not there or is none of templates."""
    expected = f"one that holds one of the folders {', '.join(KINDS)}"
    try:
        inside = sorted(path.name for path in root.iterdir())
    except OSError as error:
        came = f"a folder that cannot be read ({error.strerror})"
        yield Problem((), came, expected, nearest(root.name, _folders_beside(root)), file=str(root))
        return
    if not any((root / kind).is_dir() for kind in KINDS):
        above = [path.parent.name for path in (root, *root.parents) if path.name in KINDS]
        meant = above or [near for name in inside if (near := nearest(name, KINDS))] or [""]
        yield Problem((), "a folder that holds no templates", expected, meant[0], file=str(root))


def _folders_beside(root: Path) -> list[str]:
    try:
        return sorted(path.name for path in root.parent.iterdir() if path.is_dir())
    except OSError:
        return []


def _name_problems(root: Path) -> Iterator[Problem]:
    """Yield files that nothing would ever read because of what they are called, and styles without a plan."""
    for kind, (pattern, words) in KINDS.items():
        for path in yaml_files(root / kind):
            if not re.fullmatch(pattern, path.relative_to(root).as_posix()):
                expected = f"{words} (a NAME has lower-case letters, digits and hyphens)" if "NAME" in words else words
                yield Problem((), "a file that is not used under this name", expected, file=str(path))
    for folder in sorted((root / "styles").glob("[!.]*/")):
        own = resources.styles()
        if folder.is_dir() and folder.name not in own and not (folder / "plan.yaml").is_file():
            came, expected = "a style without a plan", "the file plan.yaml, or the name of a style that there is"
            yield Problem((), came, expected, nearest(folder.name, own), file=str(folder))
