"""A page of ten sheets, from its source to the PDF: compiling alone, Typst against pdflatex, each in a fresh process."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import symback
from tests.benchmarks.measuring import Work, at_most, python, report, side_by_side

PAGES = {"softmax": "10 sheets, with drawings", "skip-connection": "14 sheets, without"}
"""Examples, and what their pages are like: for drawings TeX has to load much."""

TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], ignore_system_fonts=True)"


def main() -> None:
    """Measure both on what symback writes for each of the examples."""
    if shutil.which("pdflatex") is None:
        print("pdflatex is not installed: nothing to compare with")
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for example, page_is in PAGES.items():
            for ending, target in (("typ", "typst"), ("tex", "tex")):
                text = symback.render(symback.load(example), target)
                (folder / f"{example}.{ending}").write_text(text, encoding="utf-8")
            page = folder / example
            cold = python("-c", TYPST, f"{page}.typ", f"{page}.typst.pdf")
            ratio = side_by_side(cold, latex(folder, example), turns=11)
            report(f"{example} ({page_is}): cold Python with typst / pdflatex", ratio, at_most(0.6))


def latex(folder: Path, name: str) -> Work:
    """Return the work of one run of pdflatex."""
    command = ["pdflatex", "-no-shell-escape", "-interaction=batchmode", f"{name}.tex"]
    settings = {**os.environ, "openin_any": "p", "openout_any": "p"}

    def run() -> None:
        subprocess.run(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, check=True)

    return run
