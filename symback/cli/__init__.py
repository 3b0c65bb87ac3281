"""The command line: what to do with a spec. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from symback.cli.arguments import parser


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
    from symback.cli import commands
    from symback.spec.problems import SymbackError

    try:
        return commands.COMMANDS[chosen.command](chosen)
    except SymbackError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (stays open until Python ends)
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}", file=sys.stderr)
        return 2
