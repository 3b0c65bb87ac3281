"""PDF by an installed TeX, which may touch nothing outside a folder of its own and is ended when it takes too long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from symback.spec.problems import Problem, SpecError

PROGRAM = "pdflatex"
SECONDS = 120.0
MOST_RUNS = 3
"""TeX runs again while it asks for it, as for the numbers of pages in a table of contents, but no more often."""

SETTINGS = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "max_print_line": "1000"}
"""Nothing is read or written outside the folder, no program is started, and lines of the log stay whole."""

START = r"\pdfinfoomitdate=1\pdftrailerid{}\input{page.tex}"
"""No date and no name of a folder get into the file: the same page gives the same bytes."""


def latex_pdf(source: str, seconds: float = SECONDS) -> bytes:
    """Return the PDF of a page in LaTeX.

    Raises
    ------
    symback.spec.problems.SpecError
        If there is no TeX, or if it refuses the page or does not come to an end within `seconds`.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        expected = f'the program {PROGRAM}, which a TeX distribution brings, or "typst", which needs nothing more'
        raise SpecError([Problem(("engine",), f'"latex", and no {PROGRAM} is installed', expected)])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.tex").write_text(source, encoding="utf-8")
        for _ in range(MOST_RUNS):
            code = _run(program, folder, seconds)
            log = _log(folder)
            if code:
                raise _refused(_complaint(log))
            if "Rerun to get" not in log:
                break
        return (folder / "page.pdf").read_bytes()


def _run(program: str, folder: Path, seconds: float) -> int:
    """Run TeX once and return its exit code; it is ended together with whatever it may have started."""
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-jobname=page", START]
    running = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **SETTINGS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        raise _refused(f"it took more than {seconds:g} s") from None
    finally:
        if running.poll() is None:
            _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()


def _log(folder: Path) -> str:
    path = folder / "page.log"
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _complaint(log: str) -> str:
    """Return the first error in a log, with the line of the page at which it came up."""
    lines = log.splitlines()
    first = next((place for place, line in enumerate(lines) if line.startswith("!")), len(lines))
    where = next((line for line in lines[first:] if line.startswith("l.")), "")
    return " ".join([*lines[first : first + 1], where]).strip() or "it said nothing"


def _refused(why: str) -> SpecError:
    said = "".join(character if character.isprintable() else "?" for character in why)
    return SpecError([Problem(("engine",), f"a page that TeX does not set ({said})", "a page that TeX can set")])
