"""symback: the page that a good lecturer writes by hand, by machine.

>>> import symback
>>> page = symback.render(symback.load("slides"), to="md")
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes longer to import than the whole of --help should
if TYPE_CHECKING:
    from symback.api import check, evaluate, formulas, load, render, write_pages
    from symback.spec.model import Spec
    from symback.spec.problems import LimitationError, SpecError, SymbackError, TemplateError

__version__ = "0.1.0"

__all__ = [
    "LimitationError",
    "Spec",
    "SpecError",
    "SymbackError",
    "TemplateError",
    "check",
    "evaluate",
    "formulas",
    "load",
    "render",
    "write_pages",
]

_HOMES = {
    "LimitationError": "symback.spec.problems",
    "Spec": "symback.spec.model",
    "SpecError": "symback.spec.problems",
    "SymbackError": "symback.spec.problems",
    "TemplateError": "symback.spec.problems",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that starting up costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'symback' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "symback.api")), name)
