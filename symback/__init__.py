"""symback: the page that a good lecturer writes by hand, by machine.

>>> import symback
>>> page = symback.render(symback.load("slides"), to="md")
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes longer to import than the whole of --help should
if TYPE_CHECKING:
    from symback.api import check, evaluate, formulas, load, render, verify, write_pages
    from symback.spec.model import Spec
    from symback.spec.problems import DocumentError, LimitationError, SpecError, SymbackError, TemplateError

__version__ = "0.1.0"

__all__ = [
    "DocumentError",
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
    "verify",
    "write_pages",
]

_HOMES = {
    "DocumentError": "symback.spec.problems",
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

    if name == "verify":  # the subpackage of this name, which can be called
        return import_module("symback.verify")
    return getattr(import_module(_HOMES.get(name, "symback.api")), name)
