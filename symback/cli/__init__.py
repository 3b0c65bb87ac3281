"""The command line: what to do with a spec. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from symback.cli.arguments import parser
from symback.cli.commands import COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Returns
    -------
    int
        0 done, 1 something was found wrong (``check``, ``verify``), 2 the input was bad.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # the same bytes on every machine
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    chosen = parser().parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen)
    except _symback_error() as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}", file=sys.stderr)
        return 2


def _symback_error() -> type[Exception]:
    """Return what a command raises about its input; an `except` asks for it only after something was raised."""
    from symback.spec.problems import SymbackError

    return SymbackError
