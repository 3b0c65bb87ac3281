"""What README, CONTRIBUTING and the reference of the spec say is so: their examples run, their names exist."""

from __future__ import annotations

import dataclasses
import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import symback
from symback import resources
from symback.cli import main
from symback.cli.arguments import parser
from symback.document import working
from symback.document.arrange import NEURONS, WEIGHTS
from symback.document.builders.registry import BUILDERS
from symback.document.compose import DEFAULT_STYLE, compose, values_of
from symback.document.conditions import CONDITIONS
from symback.notation.names import Names
from symback.notation.notation import Notation, load_notation
from symback.notation.pattern import INDICES
from symback.spec.fields import Section
from symback.spec.load import load_text
from symback.spec.page import Numbers
from symback.spec.reference import reference
from symback.spec.reference_words import ENTRIES, PLACES
from symback.spec.source import read_source
from symback.values.policy import number_name
from symback.verify.report.wording import SIGNS
from symback.written.nodes import NEW, Number
from tests.templates.documented import write_documented_folder
from tests.test_layers import LAYERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
REFERENCE = reference()
DOCUMENTS = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING, "output/SPEC.md": REFERENCE}

SOMETHING = "…"
"""Stands in an example for lines that are left out."""


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a document in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def specs(text: str) -> list[str]:
    return [block for block in blocks(text, "yaml") if block.startswith("schema: 1")]


SMALL, CIRCUIT = specs(README)


def rows(text: str, header: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table under `header`."""
    lines = text.split(header, 1)[1].splitlines()
    for line in lines[2:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def first_codes(table: Iterator[list[str]]) -> list[str]:
    """Return what stands in code marks in the first cell of each row."""
    return [cells[0].strip("`") for cells in table]


def codes(text: str) -> list[str]:
    """Return what stands in code marks."""
    return re.findall(r"`([^`]+)`", text)


# README


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README speaks of."""
    spoilt = SMALL.replace("[[1.5, -0.6, 0.2]]", "[[1.5], [-0.6], [0.2]]").replace("learning_rate", "learning_rte")
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (by_hand,) = blocks(README, "markdown")
    (tmp_path / "by-hand.md").write_text(by_hand, encoding="utf-8")
    (tmp_path / "spoilt.yaml").write_text(spoilt, encoding="utf-8")
    write_documented_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_excerpts_stand_in_the_gallery():
    excerpts = re.findall(r"<!-- excerpt of (\S+) -->\n(.*?)\n<!-- end of excerpt -->", README, re.DOTALL)
    assert excerpts
    for path, excerpt in excerpts:
        assert excerpt.strip() in (ROOT / path).read_text(encoding="utf-8"), f"README: no longer so in {path}"


@pytest.mark.parametrize("style", resources.styles())
def test_every_spec_can_be_written_in_every_style(style: str):
    found = [spec for text in DOCUMENTS.values() for spec in specs(text)]
    assert found
    for spec in found:
        title = "A circuit" if spec == CIRCUIT else "One step of learning"
        assert symback.render(load_text(spec), style=style).startswith(f"# {title}\n")


def test_commands_say_what_they_are_said_to_say(here: Path, capsys: pytest.CaptureFixture[str]):
    examples = [
        example for block in blocks(README, "console") for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]
    assert len(examples) > 5
    for example in examples:
        command, _, expected = example.partition("\n")
        program, *arguments = command.split()
        assert program == "symback"
        code = main(arguments)
        said = capsys.readouterr()
        pattern = re.escape(expected).replace(re.escape(f"{SOMETHING}\n"), "(?:.*\n)*")
        assert re.fullmatch(pattern, said.out + said.err), f"{command}\n{said.out}{said.err}"
        assert code == (2 if said.err else 1 if arguments[0] == "verify" else 0)
    assert all(path.is_file() for path in here.glob("pages/*"))


def test_python_says_what_it_is_said_to_say(here: Path):
    (text,) = blocks(README, "python")
    example = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example)
    assert outcome.attempted > 5
    assert outcome.failed == 0
    assert {path.name for path in (here / "pages").iterdir()} == {"week-3.md", "week-3.tex"}


def test_readme_names_every_command_and_public_name():
    (commands,) = (action.choices for action in parser()._actions if action.choices)
    unnamed = [name for name in commands if f"symback {name}" not in README and name != "gallery"]
    assert not unnamed
    for name in re.findall(r"symback\.([a-z_]+)\(", README):
        assert name in symback.__all__


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str):
    text = DOCUMENTS[name]
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        linked = (ROOT / name).parent / (path or Path(name).name)
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


def test_the_targets_of_make_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z]+)\b(?=`|\n|  +#)", README + CONTRIBUTING):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_verdicts_and_their_signs_are_as_it_is_said():
    said = {cells[0].strip("`"): cells[1] for cells in rows(README, "| verdict | sign | what it says |")}
    assert said == {verdict.value: sign for verdict, sign in SIGNS.items()}


# CONTRIBUTING


def test_the_house_is_laid_out_as_it_is_said():
    found = first_codes(rows(CONTRIBUTING, "| layer | question it answers | what is in it |"))
    assert found == list(LAYERS)


def test_the_language_of_plans_is_as_it_is_said():
    assert set(first_codes(rows(CONTRIBUTING, "| builder | what it writes |"))) <= set(BUILDERS)
    conditions = re.search(r"Some of them are(.*?)\.\n", CONTRIBUTING, re.DOTALL)
    assert conditions
    assert set(codes(conditions[1])) <= set(CONDITIONS)
    keys = first_codes(rows(CONTRIBUTING, "| key | what it says |"))
    plans = [resources.data(resources.TEMPLATES / "styles" / name / "plan.yaml") for name in resources.styles()]
    assert {key for plan in plans for key in plan} <= set(keys)
    assert {"weight", "bias", "pre-activation", "activation", "updated.weight", "updated.bias"} <= {*WEIGHTS, *NEURONS}
    assert {f"{kind}.{name}" for kind in ("gradient", "local") for name in ("weight", "bias", "activation")} <= {
        *WEIGHTS,
        *NEURONS,
    }


def test_forms_are_those_of_derivations():
    said = {code for cells in rows(CONTRIBUTING, "| of | its forms |") for code in codes(cells[1])} - {"by_terms"}
    known = {"carrying", *working.IN_NUMBERS, *working.KINDS}
    for spec in (load_text(SMALL.replace("squared-error", "binary-cross-entropy")), symback.load("scalar-check")):
        derivation = values_of(spec).derivation
        known |= {form for key in derivation for form in derivation[key].forms}
    assert said <= known


def changed(folder: Path, diff: str) -> None:
    """Make the changes of a diff in `folder`; a hunk has its context once in the file."""
    for part in re.split(r"^--- ", diff, flags=re.MULTILINE)[1:]:
        head, *hunks = re.split(r"^@@\n", part, flags=re.MULTILINE)
        _, after, *lines = head.splitlines()
        path = folder / after.removeprefix("+++ b/")
        if not hunks:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line[1:]}\n" for line in lines), encoding="utf-8")
        for hunk in hunks:
            text = path.read_text(encoding="utf-8")
            old, new = (
                "".join(f"{line[1:]}\n" for line in hunk.splitlines() if line[0] in signs) for signs in (" -", " +")
            )
            assert text.count(old) == 1, f"{path}: the context of the diff does not stand there once:\n{old}"
            path.write_text(text.replace(old, new), encoding="utf-8")


USE_THEM_ALL = """
import symback
from pathlib import Path
from symback.spec.load import load_text

small = Path("small.yaml").read_text()
new = small.replace("relu", "gaussian").replace("kind: squared-error", "kind: poisson")
spec = load_text(new.replace("style: slides", "style: brief\\nnotation: course"))
assert {finding.verdict for finding in symback.check(spec)} == {"agrees"}
print(symback.render(spec, to="qmd"))
print(symback.render(spec, style="scalar-check"))
"""


def test_the_changes_work(here: Path):
    """Activation, loss, notation, phrase, style and format, added as it is said, all in one copy."""
    for part in ("symback", "templates", "tests/oracles"):
        shutil.copytree(ROOT / part, here / part, ignore=shutil.ignore_patterns("__pycache__"))
    diffs = blocks(CONTRIBUTING, "diff")
    assert len(diffs) == 6
    for diff in diffs:
        changed(here, diff)
    command = [sys.executable, "-c", USE_THEM_ALL]
    settings = {**os.environ, "PYTHONPATH": str(here)}
    done = subprocess.run(command, cwd=here, env=settings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for sign in (
        "format: html",
        r"\mathrm{Gaussian}",
        r"\hat{y}",
        "Backward through",
        r"e^{-0.3^{2}}",
        "Each gradient above",
    ):
        assert sign in done.stdout, sign


# The reference of the spec


def keys_of(section: type[Section]) -> list[str]:
    return [field.alias or name for name, field in section.model_fields.items()]


def tables() -> Iterator[tuple[str, type[Section], list[list[str]]]]:
    """Yield the path of each section of a spec, its model and the rows of its table."""
    header = "| key | value | default | meaning | example |"
    for part in re.split(r"^##? ", REFERENCE, flags=re.MULTILINE):
        if header in part:
            found = list(rows(part, header))
            keys = [cells[0].strip("`") for cells in found]
            (section,) = (kind for kind in [*Section.__subclasses__(), Numbers] if keys_of(kind) == keys)
            yield part.splitlines()[0].strip("`"), section, found


def test_every_example_reads_as_it_is_shown():
    seen = 0
    for _, section, found in tables():
        for field, cells in zip(section.model_fields.values(), found, strict=True):
            for example in codes(cells[-1]):
                tree = read_source(f"key: {example}".encode()).tree
                TypeAdapter(field.rebuild_annotation()).validate_python(tree["key"])
                seen += 1
    assert seen > 30


def test_every_section_has_its_table():
    assert {path for path, _, _ in tables()} >= {"network", "network.layers", "parameters", "data", "numbers.by"}


def test_the_style_that_is_used_without_one_is_named():
    assert f"left out, {DEFAULT_STYLE} |" in REFERENCE


def test_entries_and_places_are_all_explained():
    assert set(ENTRIES) == {
        item.name for item in dataclasses.fields(Notation) if item.default_factory is dataclasses.MISSING
    }
    assert set(PLACES) == set(INDICES)


ALL = set(INDICES) - {"sample"}
NEURON = ALL - {"source", "from_index", "from_unit", "number", "from"}
LAYER = NEURON - {"to", "index", "neuron", "unit", "running"}
WHERE = {
    **dict.fromkeys(("weight", "general_weight"), ALL),
    "general_bias": NEURON,
    **dict.fromkeys(("bias", "output_bias"), NEURON),
    **dict.fromkeys(("pre_activation", "output_pre_activation", "activation", "output_activation"), NEURON),
    **dict.fromkeys(("input", "target", "loss_term"), NEURON),
    "neuron": NEURON - {"to", "running"},
    **dict.fromkeys(("weight_matrix", "bias_vector", "output_bias_vector"), LAYER),
}
"""What the reference says of the places that an entry can fill."""


@pytest.mark.parametrize("entry", WHERE)
def test_places_can_be_filled_where_it_is_said(entry: str):
    for place in WHERE[entry]:
        names = Names(load_notation("numbered", {entry: f"q_<{place}>"}), (2, 2, 2))
        for name in (
            "x.1",
            "t.1",
            "loss.1",
            "w.1.2.1",
            "w.2.1.2",
            "b.1.1",
            "b.2.1",
            "z.1.1",
            "z.2.1",
            "a.1.1",
            "a.2.1",
        ):
            names(name)
        for layer in (1, 2):
            names.weight_matrix(layer)
            names.bias_vector(layer)
        names.general_neuron(2, Number("1"), Number("2"))


def test_numbers_have_the_names_that_are_said():
    said = {code for cells in rows(REFERENCE, "| name | number |") for code in codes(cells[0])}
    derivation = values_of(symback.load("slides")).derivation
    names = {number_name(key) for key in derivation}
    assert {"gradient.w.2.1.1", "local.a.2.1", "updated.w.2.1.1", "a.2.1"} <= names & said
    kinds = {name.split(".")[0] for name in said}
    assert all(name.split(".")[0] in kinds or name in derivation.graph.quantities for name in names)
    assert number_name(f"w.2.1.1{NEW}") == "updated.w.2.1.1"


@pytest.mark.parametrize("style", resources.styles())
def test_options_of_styles_are_taken(style: str):
    plan = resources.data(resources.TEMPLATES / "styles" / style / "plan.yaml")
    for option, default in plan.get("options", {}).items():
        assert f"`{option}: {default}`" in REFERENCE
        compose(load_text(SMALL.replace("style: slides", f"style: {{name: {style}, {option}: {default}}}")))
