"""The commands, one function each, in small modules by what they are about."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping

from symback.cli.commands.listings import schema, styles
from symback.cli.commands.numbers import check, evaluate, formulas
from symback.cli.commands.pages import gallery, render
from symback.cli.commands.specs import new, vary
from symback.cli.commands.verifying import verify
from symback.cli.commands.watching import watch

COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "render": render,
    "evaluate": evaluate,
    "check": check,
    "watch": watch,
    "verify": verify,
    "formulas": formulas,
    "vary": vary,
    "new": new,
    "styles": styles,
    "schema": schema,
    "gallery": gallery,
}
"""Every command by its word; each returns the exit code."""
