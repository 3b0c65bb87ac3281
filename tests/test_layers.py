"""A module of symback imports only from its own layer and from those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "symback"

LAYERS = (
    "progress",
    "shipped",
    "resources",
    "written",
    "rules",
    "notation",
    "reading",
    "spec",
    "graph",
    "derive",
    "values",
    "document",
    "formats",
    "output",
    "vary",
    "gradient_check",
    "verify",
    "preview",
    "api",
    "cli",
)
"""Every module or subpackage of symback, from the ground up."""

ROOF = ("__init__", "__main__")
"""Modules above all layers: they may import anything, and no layer may import from them."""


def imported_names(source: str, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything a module of `package` imports, wherever in the module it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base, *([node.module] if node.module else [])))
            yield from ((node.lineno, f"{prefix}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            argument = node.args[0]
            assert isinstance(argument, ast.Constant), f"line {node.lineno}: import of a computed name"
            yield node.lineno, str(argument.value)


def upward_imports(source: str, module: tuple[str, ...], package: tuple[str, ...]) -> list[str]:
    """Return a complaint for each import of `module` (``("symback", "graph", "build")``) from a later layer."""
    layer = LAYERS.index(module[1])
    complaints = []
    for line, name in imported_names(source, package):
        parts = name.split(".")
        if parts[0] != "symback":
            continue
        target = parts[1] if len(parts) > 1 else "__init__"
        if target not in LAYERS or LAYERS.index(target) > layer:
            complaints.append(f"{'.'.join(module)}, line {line}: {module[1]} may not import {name}")
    return complaints


def modules() -> list[Path]:
    return sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def layer_name(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def test_every_module_has_its_place():
    strangers = {layer_name(path) for path in modules()} - {*LAYERS, *ROOF}
    assert not strangers, f"no layer is given for {sorted(strangers)}"


@pytest.mark.parametrize("path", [path for path in modules() if layer_name(path) in LAYERS], ids=str)
def test_imports_point_down(path: Path):
    names = ("symback", *path.with_suffix("").parts)
    module = names[:-1] if path.stem == "__init__" else names
    complaints = upward_imports((PACKAGE / path).read_text(encoding="utf-8"), module, package=names[:-1])
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    "line",
    [
        "import symback.values",
        "from symback.values import rounding",
        "from symback import values",
        "from symback import __version__",
        "import symback",
        "from .. import values",
        "from ..values.rounding import nearest",
        "def late():\n    from symback.cli import main",
        "import importlib\nimportlib.import_module('symback.formats')",
        "from symback.unheard_of import thing",
    ],
)
def test_a_planted_upward_import_is_found(line: str):
    assert len(upward_imports(line, ("symback", "graph", "build"), package=("symback", "graph"))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "import symback.spec.network",
        "from symback import written",
        "from . import quantity",
        "from .quantity import Quantity",
        "from ..spec import network",
        "import sympy",
        "from values import other",
    ],
)
def test_an_import_from_below_is_no_fault(line: str):
    assert upward_imports(line, ("symback", "graph", "build"), package=("symback", "graph")) == []
