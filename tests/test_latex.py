"""Every LaTeX page of the gallery compiles on its own, in a paranoid TeX, and fits its page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

GALLERY = Path(__file__).parents[1] / "output"
PAGES = sorted(GALLERY.rglob("*.tex"))

PERMITTED_OVERFLOW = 1.0
"""Points by which a line may stick out before a reader sees it."""

PARANOID = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "max_print_line": "1000"}
"""TeX may read and write nothing outside its folder; log lines stay whole."""


@pytest.fixture(scope="module")
def pdflatex() -> str:
    program = shutil.which("pdflatex")
    if program is None:
        message = "pdflatex is not installed"
        if os.environ.get("SYMBACK_REQUIRE_TEX") == "1":
            pytest.fail(f"{message}, and SYMBACK_REQUIRE_TEX=1 requires it")
        pytest.skip(message)
    return program


def compile_page(program: str, source: str, folder: Path) -> tuple[int, str]:
    """Compile `source` alone in `folder`; return TeX's exit code and its log."""
    (folder / "page.tex").write_text(source, encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "page.tex"]
    settings = {**os.environ, **PARANOID}
    done = subprocess.run(command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.returncode, (folder / "page.log").read_text(encoding="utf-8", errors="replace")


def complaints(log: str) -> list[str]:
    """Return the lines of a log that tell of a visible fault: a line too wide, something undefined."""
    found = []
    for line in log.splitlines():
        overflow = re.match(r"Overfull \\hbox \((\d+\.?\d*)pt too wide\)", line)
        if (overflow and float(overflow[1]) > PERMITTED_OVERFLOW) or "undefined" in line.lower():
            found.append(line)
    return found


def test_the_gallery_has_pages():
    assert PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(GALLERY).as_posix())
def test_the_page_compiles_and_fits(path: Path, pdflatex: str, tmp_path: Path):
    code, log = compile_page(pdflatex, path.read_text(encoding="utf-8"), tmp_path)
    assert code == 0, log[-3000:]
    assert not complaints(log), "\n".join(complaints(log))


def compile_body(program: str, body: str, folder: Path) -> tuple[int, list[str]]:
    code, log = compile_page(program, f"\\documentclass{{article}}\\begin{{document}}{body}\\end{{document}}", folder)
    return code, complaints(log)


@pytest.mark.parametrize("body", [r"\undefinedcommand", r"\input{../outside}"], ids=["unknown command", "foreign file"])
def test_a_planted_error_stops_the_page(body: str, pdflatex: str, tmp_path: Path):
    (tmp_path / "outside.tex").write_text("harmless")
    (tmp_path / "folder").mkdir()
    assert compile_body(pdflatex, body, tmp_path / "folder")[0] != 0


@pytest.mark.parametrize(
    "body", [r"page~\ref{nowhere}", r"\noindent\rule{50em}{1pt}"], ids=["unknown label", "too wide"]
)
def test_a_planted_warning_is_a_complaint(body: str, pdflatex: str, tmp_path: Path):
    code, found = compile_body(pdflatex, body, tmp_path)
    assert code == 0
    assert found


def test_a_sound_page_has_no_complaints(pdflatex: str, tmp_path: Path):
    assert compile_body(pdflatex, r"$\partial L / \partial w = \delta x$", tmp_path) == (0, [])
