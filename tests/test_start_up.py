"""Help, listings and errors in a spec answer at once: none of them loads the heavy libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.templates.documented import write_documented_folder

HEAVY = {"sympy", "mpmath", "flint", "jinja2", "numpy"}
SLOW = HEAVY | {"dataclasses", "inspect", "pathlib", "pydantic", "shutil", "typing", "yaml"}
"""What takes longer to import than the whole of a help text or a list of names should take."""

SCRIPT = """
import json, sys
from symback.cli import main
try:
    code = main(sys.argv[2:])
except SystemExit as stop:
    code = stop.code or 0
loaded = sorted({name.partition(".")[0] for name in sys.modules})
with open(sys.argv[1], "w") as report:
    json.dump({"code": code, "loaded": loaded}, report)
"""

BROKEN_SPECS = {
    "not-yaml": "network: {inputs: 2",
    "unknown-key": "schema: 1\nnetwrk: {}\n",
    "unknown-activation": "schema: 1\nnetwork: {inputs: 1, layers: [{size: 1, activation: rellu}]}\n",
    "wrong-shape": (
        "schema: 1\n"
        "network: {inputs: 2, layers: [{size: 1, activation: relu}]}\n"
        "parameters: {weights: [[[1.0]]], biases: [[0.0]]}\n"
    ),
}


def run(report: Path, *arguments: str) -> tuple[int, set[str], str]:
    """Run the command in a fresh interpreter; return its exit code, the packages it loaded and what it said."""
    command = [sys.executable, "-c", SCRIPT, str(report), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(report.read_text())
    return result["code"], set(result["loaded"]), done.stdout + done.stderr


@pytest.mark.parametrize(("argument", "without"), [("--help", SLOW), ("styles", SLOW), ("schema", HEAVY)])
def test_listings_load_little(argument: str, without: set[str], tmp_path: Path):
    code, loaded, text = run(tmp_path / "report.json", argument)
    assert code == 0, text
    assert text.strip()
    assert not loaded & without


def test_templates_of_an_author_s_own_are_listed_without_anything_heavy(tmp_path: Path):
    folder = write_documented_folder(tmp_path)
    code, loaded, text = run(tmp_path / "report.json", "styles", "--templates", str(folder))
    assert code == 0, text
    assert "exam-key" in text
    assert not loaded & HEAVY


def test_listing_what_is_built_in_reads_no_file_but_for_its_first_lines(tmp_path: Path):
    _, loaded, _ = run(tmp_path / "report.json", "styles")
    assert not loaded & {"yaml", "pydantic"}


@pytest.mark.parametrize("name", BROKEN_SPECS)
def test_errors_in_a_spec_load_nothing_heavy(name: str, tmp_path: Path):
    spec = tmp_path / "broken.yaml"
    spec.write_text(BROKEN_SPECS[name], encoding="utf-8")
    code, loaded, text = run(tmp_path / "report.json", "render", str(spec), "--to", "md", "-o", str(tmp_path / "out"))
    assert code == 2, text
    assert "Traceback" not in text
    assert not loaded & HEAVY


def test_a_document_that_cannot_be_read_loads_nothing_heavy(tmp_path: Path):
    code, loaded, text = run(tmp_path / "report.json", "verify", "scalar-check", str(tmp_path / "nowhere.md"))
    assert code == 2, text
    assert "Traceback" not in text
    assert not loaded & HEAVY


def test_the_probe_sees_a_heavy_import(tmp_path: Path):
    code, loaded, text = run(
        tmp_path / "report.json", "render", "scalar-check", "--to", "md", "-o", str(tmp_path / "out")
    )
    assert code == 0, text
    assert {"sympy", "jinja2"} <= loaded
