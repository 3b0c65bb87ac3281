"""How well hand-derived documents are verified: false alarms, mistakes found, and what is said of what follows."""

from __future__ import annotations

import io
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter

from symback.cli import main as symback
from tests.verify.generator.measure import Finding, read_answer, report

DOCUMENTS = 300
SEED = 20


def main() -> None:
    """Print every figure for 300 clean documents, 300 with one mistake and 100 with two."""
    start = perf_counter()
    report(verified, DOCUMENTS, SEED)
    print(f"{2 * DOCUMENTS + DOCUMENTS // 3} documents in {perf_counter() - start:.0f} s")


def verified(spec: str, text: str, suffix: str) -> list[Finding]:
    """Return what the command says of a document, without a new interpreter for each."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder, "spec.yaml"), Path(folder, f"document{suffix}")
        for path, content in zip(paths, (spec, text), strict=True):
            path.write_text(content, encoding="utf-8")
        with redirect_stdout(io.StringIO()) as answer:
            code = symback(["verify", *map(str, paths), "--format", "json"])
    if code not in (0, 1):
        raise RuntimeError(f"symback verify ended with {code}")
    return read_answer(answer.getvalue())
