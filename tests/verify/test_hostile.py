"""Documents meant to do harm: each is refused or left undecided, at once, and nothing in it is run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import symback
from symback.cli import main
from symback.spec.load import load_text
from symback.spec.problems import DocumentError, SpecError
from symback.verify.claims import Verdict
from symback.verify.report.table import REPORTS
from symback.verify.report.wanted import Wanted
from symback.verify.verify import audit
from tests.verify.fuzzing import failures

SPEC = load_text(
    """\
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0.25]]}
data: [{inputs: [2], targets: [1]}]
loss: {kind: squared-error, factor: 1/2}
"""
)
SECONDS = 2
"""What one formula may take, the reading of everything around it included, on a machine with other things to do."""

FOR_ALL = 2.0
"""What a whole document may take."""

FORMULAS = {
    "a tower": r"9^{9^{9}}",
    "a tower of the base of logarithms": r"e^{10^{10^{10}}}",
    "a factorial": r"(10^7)!",
    "a long sum": "+".join(["0.1"] * 5_000),
    "a long product": r"\cdot ".join(["1.1"] * 5_000),
    "a power to expand": r"(x+y+z)^{300}",
    "many brackets": "(" * 3_000 + "1" + ")" * 3_000,
    "brackets of LaTeX": r"\left(" * 3_000 + "1" + r"\right)" * 3_000,
    "braces": "{" * 3_000 + "1" + "}" * 3_000,
    "fractions in fractions": r"\frac{1}{" * 1_000 + "1" + "}" * 1_000,
    "roots of roots": r"\sqrt{" * 1_000 + "1" + "}" * 1_000,
    "powers of powers": "2^{" * 1_000 + "1" + "}" * 1_000,
    "signs": "-" * 3_000 + "1",
    "matrices in matrices": r"\begin{bmatrix}" * 500 + "1" + r"\end{bmatrix}" * 500,
    "a large matrix": r"\begin{bmatrix}" + r"\\".join(["1 & 1 & 1 & 1"] * 1_000) + r"\end{bmatrix}",
    "a number of many digits": "1" * 19_000,
    "a power of ten": r"1 \times 10^{999999999}",
    "a number with a large exponent": "1e999999999",
    "a long sum by index": r"\sum_{i=1}^{1000000000} i",
    "a long product by index": r"\prod_{i=1}^{1000000000} i",
    "a division by zero": r"\frac{1}{0}",
    "a command to write": r"\write18{touch written}",
    "a command to read": r"\input{/etc/passwd}",
}


def timed(text: str) -> tuple[list[Verdict], float]:
    """Return the verdicts on a document, and the seconds of the processor that they took."""
    start = time.process_time()
    claims, _ = audit(SPEC, text)
    return [claim.verdict for claim in claims], time.process_time() - start


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_not_taken_for_right(name: str):
    timed("$z = 1.25$")
    verdicts, seconds = timed(f"$z = {FORMULAS[name]}$\n\n$z = {FORMULAS[name]} = 1.25$")
    assert seconds < SECONDS
    assert not {Verdict.GIVEN, Verdict.ROUNDED} & set(verdicts)
    assert verdicts.count(Verdict.CORRECT) <= 1, "the number behind it is right, and nothing else"
    assert len(verdicts) > verdicts.count(Verdict.CORRECT)


def written(count: int) -> str:
    return r"\newcommand{\a}{\a\a}" + "\n$z = \\a$\n" * count


DOCUMENTS = {
    "a macro that calls itself twice": r"\newcommand{\a}{\a\a}" + "\n$z = \\a = 1.25$",
    "macros that call each other": r"\def\a{\b\b}\def\b{\a\a}" + "\n$z = \\a = 1.25$",
    "macros that double": "".join(
        rf"\newcommand{{\x{chr(97 + n)}}}{{\x{chr(98 + n)}\x{chr(98 + n)}}}" + "\n" for n in range(25)
    )
    + "\n$z = \\xa = 1.25$",
    "a macro that is used often": written(100),
    "dollars": "$" * 20_000,
    "dollars by line": "$\n" * 19_999,
    "dollars in twos": "$$ " * 6_000,
    "lines": "\n" * 19_999,
    "equals signs": "=" * 20_000,
    "bars": "|" * 20_000,
    "backslashes": "\\" * 20_000,
    "braces": "{" * 20_000,
    "ampersands": r"\begin{align}" + "&" * 19_000 + r"\end{align}",
    "environments": "\\begin{align}\n" * 5_000,
    "tables": "\\begin{tabular}{l}\n" * 5_000,
    "fences": "```\n" * 5_000,
    "quotes": "> " * 9_000 + "z = 1.25",
    "digits": "1" * 20_000,
    "blanks behind a letter": "a" + " " * 19_000 + "b",
    "blanks behind a command": r"\newcommand\a" + " " * 19_000 + "x",
    "blanks behind an operator": r"\DeclareMathOperator" + " " * 19_000 + "x",
    "blanks behind a name": "learning rate" + " " * 19_000 + "x",
    "blanks behind a sign": "=" + " " * 10_000 + "1" + " " * 9_000,
    "a word without end": "soll" * 5_000,
    "lists without end": "target=[" * 2_500,
    "a long chain": "$z " + "= 1.25 " * 2_000 + "$",
    "scripts": "<script>alert(1)</script>\n[a](javascript:alert(1))\n" * 500,
    "marks that reorder": "\u202e$z = \u20661.25$\u2069\n" * 100,
    "control characters": "\x1b[31m$z = 1.25$\x07\n" * 100,
    "characters of every kind": "".join(map(chr, range(1, 0x3000))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_takes_no_time(name: str):
    timed("$z = 1.25$")
    _, seconds = timed(DOCUMENTS[name])
    assert seconds < FOR_ALL


@pytest.mark.parametrize(
    "text",
    [
        "$" * (1 << 20),
        "x" * 100_000,
        "=" * 100_000,
        " " * 100_000,
        "\t" * 100_000,
        "$\n" * 100_000,
        "z = 1\0",
        "\udc80",
    ],
    ids=["a mebibyte of dollars", "a line", "signs", "blanks", "tabs", "many lines", "nul", "half a character"],
)
def test_what_nobody_writes_is_refused_at_once(text: str):
    start = time.process_time()
    with pytest.raises(DocumentError):
        symback.verify(SPEC, text, "document")
    assert time.process_time() - start < SECONDS


def test_no_command_of_latex_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("z = 4711", encoding="utf-8")
    text = "\\immediate\\write18{touch written}\n\\input{secret}\n$z = \\input{secret} = \\write18{touch written}$\n"
    Path("document.tex").write_text(text, encoding="utf-8")
    for kind in REPORTS:
        main(["verify", "scalar-check", "document.tex", "--format", kind, "--all"])
        assert "4711" not in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["document.tex", "secret"]


def test_reports_of_hostile_documents_hold_no_markup_of_theirs():
    text = "<script>alert(1)</script> $z = <img src=x onerror=alert(1)> = 7$ [a](javascript:alert(1)) \u202e\x1b[31m"
    found = symback.verify(SPEC, text, "<b>")
    assert found.claims
    for kind, report in REPORTS.items():
        said = report(found, Wanted(every_claim=True, binding=True))
        assert all(character.isprintable() or character == "\n" for character in said), kind
        assert kind != "html" or not {"<script", "<img", "<b>"} & {
            tag for tag in ("<script", "<img", "<b>") if tag in said
        }


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n",
        "aliases: &a {z: *a}\n",
        "[" * 5_000,
        "a: !!python/object/apply:os.system [touch written]\n",
        "{" * 5_000,
    ],
    ids=["a bomb", "an alias of itself", "brackets", "an object", "braces"],
)
def test_a_hostile_spec_is_refused_at_once(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    start = time.process_time()
    with pytest.raises(SpecError):
        load_text(text)
    assert time.process_time() - start < SECONDS
    (tmp_path / "spec.yaml").write_text(text, encoding="utf-8")
    assert main(["verify", str(tmp_path / "spec.yaml"), "document"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_nothing_that_is_thrown_at_it_makes_it_raise_or_stall():
    found = failures(seed=7, count=2_000, judged_every=10)
    assert not found, "\n".join(f"{one.reason}\n  {one.input.folder.name}: {one.input.text!r}" for one in found)
