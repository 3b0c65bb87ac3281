"""Every example in every format: it is built, it is sound, and nothing stands outside its page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

import symback
from symback import resources
from symback.document.blocks import Space
from symback.document.compose import KINDS, compose
from symback.output.pages import TARGETS
from tests.slices import in_turn
from tests.test_latex import compile_page
from tests.written.mathml_reading import CORE

EXAMPLES = resources.examples()

BODY = r"""\documentclass[11pt,a4paper]{article}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath,tikz}
\setcounter{MaxMatrixCols}{100}
\begin{document}
%s
\end{document}
"""
"""A document of somebody's own that reads a body."""

OVERFULL = re.compile(r"Overfull \\[hv]box \((\d+\.?\d*)pt too (?:wide|high)\)")
PERMITTED = 1.0
"""Points by which something may stick out before a reader sees it."""

MARGIN, FOOT = 54.0, 28.0
"""Points of a page beside which no word stands; the number of the page stands further down."""

LARGEST = 500_000
"""Bytes that a page for the screen may have."""

LARGER = {("softmax", "scalar-check"): 720_000, ("matrix", "scalar-check"): 670_000}
"""Those that have more: checks of 15 parameters against three outputs, and of 23 against two, fill dozens of pages."""

LAST, LINE = 785.0, 13.6
"""Points to the end of the last line of a page, and from one line to the next."""

WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        message = f"{name} is not installed"
        if os.environ.get("SYMBACK_REQUIRE_TEX") == "1":
            pytest.fail(f"{message}, and SYMBACK_REQUIRE_TEX=1 requires it")
        pytest.skip(message)
    return found


def words_outside(pdf: Path) -> list[str]:
    """Return the words of a PDF that stand in its margins or off the page."""
    command = [program("pdftotext"), "-bbox", str(pdf), "-"]
    listing = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    outside = []
    for page in listing.split("<page ")[1:]:
        size = re.match(r'width="(.*?)" height="(.*?)"', page)
        assert size
        width, height = map(float, size.groups())
        for left, top, right, bottom, word in WORD.findall(page):
            inside = float(left) >= MARGIN and float(right) <= width - MARGIN
            if not (inside and float(top) >= FOOT and float(bottom) <= height - FOOT):
                outside.append(word)
    return outside


def overfull(log: str) -> list[str]:
    return [found[0] for found in OVERFULL.finditer(log) if float(found[1]) > PERMITTED]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_built_in_every_format(example: str, target: str):
    spec = symback.load(example)
    for kind in KINDS:
        assert len(symback.render(spec, target, kind=kind)) > 500


@pytest.mark.parametrize(("example", "style"), in_turn(resources.styles()))
def test_nothing_stands_outside_the_pages_of_a_pdf(example: str, style: str, tmp_path: Path):
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(symback.render(symback.load(example), "pdf", style=style))
    assert words_outside(pdf) == []


@pytest.mark.parametrize("example", ["matrix", "slides", "softmax"])
def test_every_question_has_its_room_beneath_it(example: str, tmp_path: Path):
    spec = symback.load(example)
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(symback.render(spec, "pdf", kind="worksheet"))
    command = [program("pdftotext"), "-bbox", str(pdf), "-"]
    listing = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    found = []
    for page in listing.split("<page ")[1:]:
        tops = [float(top) for _, top, _, _, word in WORD.findall(page) if word in ("Question", "Total:")]
        found += [end - start for start, end in pairwise([*tops, LAST])][: len(tops)]
    rooms = [block.lines for block in compose(spec, kind="worksheet")[0].blocks if isinstance(block, Space)]
    assert len(found) == len(rooms) + 1, "the last is the total"
    assert all(room >= lines * LINE for room, lines in zip(found, rooms, strict=False))


def test_a_word_outside_its_page_is_found(tmp_path: Path):
    import typst

    pdf = tmp_path / "page.pdf"
    source = b'#set page("a4", margin: 2cm)\nwithin #place(dx: 16cm)[beyondthemargin]'
    pdf.write_bytes(typst.compile(source, format="pdf"))
    assert words_outside(pdf) == ["beyondthemargin"]


@pytest.mark.parametrize(("example", "target"), in_turn(("tex", "tex-body", "beamer")))
def test_no_box_of_a_latex_page_is_overfull(example: str, target: str, tmp_path: Path):
    page = symback.render(symback.load(example), target)
    code, log = compile_page(program("pdflatex"), BODY.replace("%s", page) if target == "tex-body" else page, tmp_path)
    assert (code, overfull(log)) == (0, [])


def test_an_overfull_slide_is_found(tmp_path: Path):
    page = symback.render(symback.load("notes"), "beamer")
    planted = page.replace(r"\end{frame}", r"\rule{1pt}{30em}\end{frame}", 1)
    assert overfull(compile_page(program("pdflatex"), planted, tmp_path)[1])


@pytest.mark.parametrize("engine", ["typst", "latex"])
def test_the_same_spec_gives_the_same_pdf(engine: str, tmp_path: Path):
    if engine == "latex":
        program("pdflatex")
    made = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "symback", "render", "notes", "--to", "pdf", "--engine", engine, "-o", "-"]
        settings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        made.append(subprocess.run(command, env=settings, capture_output=True, timeout=120, check=True).stdout)
    assert made[0].startswith(b"%PDF-")
    assert made[0] == made[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_pages_for_the_screen_are_sound(example: str, kind: str):
    page = symback.render(symback.load(example), "html", kind=kind)
    assert len(page.encode()) < LARGEST
    formulas = re.findall(r"<math[ >].*?</math>", page, re.DOTALL)
    assert formulas
    for formula in formulas:
        assert {node.tag for node in ElementTree.fromstring(formula).iter()} <= CORE
    for drawing in re.findall(r"<svg[ >].*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawing)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)
    assert not re.findall(r'(?:src|href)="(?!#)', page)


@pytest.mark.parametrize(("example", "style"), in_turn(resources.styles()))
def test_pages_for_the_screen_are_small_in_every_style(example: str, style: str):
    page = symback.render(symback.load(example), "html", style=style)
    assert len(page.encode()) < LARGER.get((example, style), LARGEST)


@pytest.mark.parametrize(("example", "style"), in_turn(resources.styles()))
def test_pandoc_makes_native_equations_of_all_displays(example: str, style: str, tmp_path: Path):
    page, made = tmp_path / "page.md", tmp_path / "page.docx"
    page.write_text(symback.render(symback.load(example), "md", style=style), encoding="utf-8")
    command = [program("pandoc"), "-f", "markdown", str(page), "-o", str(made)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    document = zipfile.ZipFile(made).read("word/document.xml").decode()
    assert document.count("<m:oMathPara>") == page.read_text(encoding="utf-8").count("$$\n") // 2
    assert "\\" not in re.sub(r"<[^>]*>", "", document)


def test_the_formats_that_are_data_can_be_read():
    for example in EXAMPLES:
        content = json.loads(symback.render(symback.load(example), "ipynb"))
        assert {cell["cell_type"] for cell in content["cells"]} == {"markdown", "code"}
