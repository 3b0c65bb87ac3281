"""Templates and examples for those who open them: an author's own templates over those that ship with symback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from symback import shipped
from symback.shipped import examples, notation_name, plan_name

__all__ = [
    "BUILT_IN",
    "EQUATIONS",
    "SHEET",
    "STARTER",
    "SUMMARY",
    "TEMPLATES",
    "Templates",
    "data",
    "example_file",
    "examples",
    "is_built_in",
    "languages",
    "layered_words",
    "notation_name",
    "notations",
    "plan_name",
    "styles",
    "words",
]

TEMPLATES = Path(shipped.TEMPLATES)

STARTER = TEMPLATES / "starter.yaml"
"""The spec to begin with, where no example is asked for."""

SUMMARY = TEMPLATES / "summary.yaml"
"""The plan of a handout about a network that is too large to write out every line."""

EQUATIONS = "equations/plan.yaml"
"""The plan of plain equations for styles that have no rows for them."""

SHEET = "sheets/plan.yaml"
"""The plan of worksheets and solutions."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders of templates that lie over each other, the uppermost first; the lowest is symback's own.

    A file is called by its path in such a folder, as in ``styles/slides/plan.yaml``.
    """

    roots: tuple[Path, ...] = (TEMPLATES,)

    def layers(self, name: str) -> tuple[Path, ...]:
        """Return every file of this name, the uppermost first."""
        return tuple(map(Path, shipped.layers(self.roots, name)))

    def file(self, name: str) -> Path:
        """Return the file of this name that counts: the uppermost.

        Raises
        ------
        FileNotFoundError
            If no folder has it.
        """
        found = self.layers(name)
        if not found:
            raise FileNotFoundError(f"no template {name}")
        return found[0]

    def glob(self, pattern: str) -> Iterator[Path]:
        """Yield the paths of all files that match, in every folder; hidden ones are left out."""
        for root in self.roots:
            for path in root.glob(pattern):
                if not any(part.startswith(".") for part in path.relative_to(root).parts):
                    yield path


BUILT_IN = Templates()
"""The templates that ship with symback, and no others."""


def is_built_in(path: Path) -> bool:
    """Say whether a template is one of those that ship with symback."""
    return path.is_relative_to(TEMPLATES)


def styles(templates: Templates = BUILT_IN) -> tuple[str, ...]:
    """Return the names of all styles."""
    return shipped.styles(templates.roots)


def notations(templates: Templates = BUILT_IN) -> tuple[str, ...]:
    """Return the names of all notations."""
    return shipped.notations(templates.roots)


def languages(templates: Templates = BUILT_IN) -> tuple[str, ...]:
    """Return the codes of all languages that pages can be in."""
    return shipped.languages(templates.roots)


def example_file(name: str) -> Path:
    """Return where the example of this name lies."""
    return Path(shipped.EXAMPLES, f"{name}.yaml")


def data(path: Path) -> Any:
    """Return the content of a YAML file of templates."""
    return _parsed(path.read_bytes(), "SafeLoader")


def words(path: Path) -> dict[str, Any]:
    """Return the content of a YAML file of templates in which every scalar is text: ``yes`` is a word."""
    found: dict[str, Any] = _parsed(path.read_bytes(), "BaseLoader")
    return found


def layered_words(templates: Templates, name: str) -> dict[str, Any]:
    """Return the entries of all files of this name; an entry of an upper one counts."""
    return {key: entry for path in reversed(templates.layers(name)) for key, entry in words(path).items()}


@lru_cache(maxsize=64)
def _parsed(content: bytes, loader: str) -> Any:
    """Return what a YAML text says, read once for each content: a file that has changed is read anew."""
    import yaml

    return yaml.load(content, Loader=getattr(yaml, f"C{loader}", getattr(yaml, loader)))
