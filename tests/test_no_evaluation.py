"""No text is ever run as a program: symback calls nothing that evaluates strings or unpickles bytes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "symback"

BUILTINS = {"eval", "exec", "compile", "__import__"}
"""Names that are harmless as attributes (``re.compile``), unless they are those of `builtins`."""

FUNCTIONS = {
    *("sympify", "_sympify", "parse_expr", "lambdify", "autowrap", "ufuncify"),
    *("unsafe_load", "full_load", "UnsafeLoader", "FullLoader"),
}
MODULES = {"pickle", "marshal", "shelve", "code", "builtins", "sympy.parsing", "sympy.core.sympify"}

GENERATED = "runs code that it wrote itself from a graph: variables v0…vn, literals, arithmetic; no text of a spec"

ALLOWED: dict[tuple[str, str], str] = {
    ("values/straight_line.py", "exec"): GENERATED,
    ("values/straight_line.py", "compile"): GENERATED,
}
"""The reason for each exception, by module within symback and name."""


def evaluators(source: str) -> list[tuple[int, str]]:
    """Return line and name of everything in `source` that could run text as a program."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            names = [node.id] if node.id in BUILTINS | FUNCTIONS else []
        elif isinstance(node, ast.Attribute):
            names = [node.attr] if node.attr in FUNCTIONS else []
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if is_banned_module(alias.name)]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names if alias.name in FUNCTIONS]
            names += [node.module] if node.module and is_banned_module(node.module) else []
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("S", "sympy.S"):
            names = ["S"]
        else:
            names = []
        found += [(node.lineno, name) for name in names]
    return found


def is_banned_module(name: str) -> bool:
    return any(name == banned or name.startswith(f"{banned}.") for banned in MODULES)


def in_package() -> list[tuple[str, int, str]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), line, name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, name in evaluators(path.read_text(encoding="utf-8"))
    ]


def test_the_package_evaluates_no_text():
    faults = [f"{path}, line {line}: {name}" for path, line, name in in_package() if (path, name) not in ALLOWED]
    assert not faults, "\n".join(faults)


def test_every_exception_is_still_needed():
    assert set(ALLOWED) <= {(path, name) for path, _, name in in_package()}


@pytest.mark.parametrize(
    "planted",
    [
        "eval('1')",
        "run = exec",
        "compile('1', '', 'eval')",
        "import pickle",
        "from pickle import loads",
        "import builtins",
        "from sympy import sympify",
        "import sympy\nsympy.sympify('x')",
        "import sympy\nsympy.S('x')",
        "from sympy.parsing.sympy_parser import standard_transformations",
        "import sympy\nsympy.lambdify(x, y)",
        "import yaml\nyaml.unsafe_load(text)",
    ],
)
def test_a_planted_evaluator_is_found(planted: str):
    assert len(evaluators(planted)) == 1


def test_harmless_namesakes_are_no_fault():
    assert evaluators("import re\nre.compile('a')\nfrom sympy import S\nhalf = S.Half\nliteral_eval('1')") == []
