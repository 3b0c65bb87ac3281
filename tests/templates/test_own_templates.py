"""A folder of an author's own templates adds to the built-in ones or replaces them, file by file."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import symback
from symback import api, resources
from symback.cli import main
from symback.derive.step import FORMS
from symback.document import plan_check
from symback.document.builders.registry import BUILDERS
from symback.document.compose import values_of
from symback.document.phrases import load_phrases
from symback.formats.table import FORMATS
from tests.checker import check_page
from tests.document.test_truth import DEFINED, EQUALS_STATED, FUNCTION, REPEATED, STATED
from tests.oracles.examples import IN_PIECES
from tests.slices import in_turn
from tests.templates.documented import documented_files, write_documented_folder, write_files

EXAMPLES = resources.examples()
NETWORKS = [name for name in EXAMPLES if not symback.load(name).equations]
SLIDES = resources.BUILT_IN.file(resources.plan_name("slides")).read_text(encoding="utf-8")
SHEET = resources.BUILT_IN.file(resources.SHEET).read_text(encoding="utf-8")
NUMBERED = resources.BUILT_IN.file(resources.notation_name("numbered")).read_text(encoding="utf-8")
EXAMPLE = resources.example_file("slides").read_text(encoding="utf-8")


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    return write_documented_folder(tmp_path)


# The folder that the documents show


def test_the_documents_show_a_folder():
    assert {Path(name).parts[0] for name in documented_files()} == {"styles", "phrases", "formats"}


@pytest.mark.parametrize("example", NETWORKS)
def test_the_documented_style_writes_every_example_in_every_format(example: str, documented: Path):
    spec = symback.load(example, templates=documented)
    for extension in FORMATS:
        page = symback.render(spec, extension, style="exam-key", templates=documented)
        assert ("New parameters" in page) is (spec.update is not None)
        assert ("\\pagestyle{empty}" in page) is (extension == "tex")
    if example in IN_PIECES:
        return
    page = symback.render(spec, "md", style="exam-key", templates=documented)
    assert check_page(page, rounding=spec.numbers.rounding, carry=spec.numbers.carry).failed == []


def test_the_documented_style_says_nothing_that_no_page_may_say(documented: Path):
    page = symback.render(symback.load(STATED), style="exam-key", templates=documented)
    assert "-0.85" in page
    assert EQUALS_STATED.findall(page) == []
    page = symback.render(symback.load(REPEATED), style="exam-key", templates=documented)
    assert set(FUNCTION.findall(page)) == set(DEFINED.findall(page)) == {"1", "3"}


@pytest.mark.parametrize("example", NETWORKS)
def test_the_documented_style_gives_every_gradient_once_and_no_chain(example: str, documented: Path):
    spec = symback.load(example)
    page = symback.render(spec, style="exam-key", templates=documented)
    section = page.split("## Gradients\n")[1].split("## New parameters")[0]
    lines = re.findall(r"^\\frac\{\\partial .*$", section, re.MULTILINE)
    graph = values_of(spec).derivation.graph
    assert len(lines) == len(graph.wanted) * (2 if graph.learns_from_batch else 1)
    assert all(re.search(r"(=|\\approx) -?[0-9]+((\.|\{,\})[0-9]+)?$", line) for line in lines)


def test_the_documented_style_is_given_by_a_spec(documented: Path, capsys: pytest.CaptureFixture[str]):
    spec = documented.parent / "week.yaml"
    spec.write_text(EXAMPLE.replace("style: slides", "style: exam-key"), encoding="utf-8")
    assert main(["render", str(spec), "--templates", str(documented), "-o", "-"]) == 0
    page = capsys.readouterr().out
    assert page == symback.render(symback.load("slides"), style="exam-key", templates=documented)
    assert main(["render", str(spec), "-o", "-"]) == 2
    out, err = capsys.readouterr()
    assert (out, "exam-key" in err, "expected formula-sheet, matrix" in err) == ("", True, True)


@pytest.mark.parametrize("command", [["evaluate"], ["check"], ["formulas"], ["vary", "--seed", "1"]])
def test_every_command_that_reads_a_spec_takes_the_folder(
    command: list[str], documented: Path, capsys: pytest.CaptureFixture[str]
):
    spec = documented.parent / "week.yaml"
    spec.write_text(EXAMPLE.replace("style: slides", "style: exam-key"), encoding="utf-8")
    assert main([command[0], str(spec), *command[1:], "--templates", str(documented)]) == 0
    assert capsys.readouterr().out
    assert main([command[0], str(spec), *command[1:]]) == 2


def test_python_functions_take_the_folder(documented: Path):
    spec = symback.load({**_small(), "style": "exam-key"}, templates=documented)
    assert symback.evaluate(spec, templates=documented)["loss"]
    assert {finding.verdict for finding in symback.check(spec, templates=documented)} == {"agrees"}
    assert set(symback.formulas(spec, templates=documented)) == {"w.1.1.1", "b.1.1"}
    paths = list(symback.write_pages(spec, documented.parent / "out", "page", ("md", "tex"), templates=documented))
    assert [path.read_text(encoding="utf-8") for path in paths] == [
        symback.render(spec, to, templates=documented) for to in ("md", "tex")
    ]
    with pytest.raises(symback.SpecError, match="exam-key"):
        symback.render(spec)


def _small() -> dict[str, object]:
    return {
        "schema": 1,
        "network": {"inputs": 1, "layers": [{"size": 1, "activation": "sigmoid"}]},
        "parameters": {"weights": [[["0.5"]]], "biases": [["0.1"]]},
        "data": [{"inputs": ["1.5"], "targets": ["1"]}],
        "loss": "squared-error",
    }


# Listings


def test_listings_hold_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    files = {
        **documented_files(),
        "notations/course.yaml": NUMBERED.replace(NUMBERED.splitlines()[0], "# Our own letters."),
        "notations/.hidden.yaml": "not: a notation",
        "styles/slides/plan.yaml": SLIDES.replace("title: Slide deck", "title: Our slide deck"),
    }
    folder = write_files(tmp_path / "mine", files)
    assert main(["styles", "--format", "json", "--templates", str(folder)]) == 0
    listed = json.loads(capsys.readouterr().out)
    titles = {kind: {row["name"]: row["title"] for row in listed[kind]} for kind in ("styles", "notations")}
    assert set(titles["styles"]) == {*resources.styles(), "exam-key"}
    assert set(titles["notations"]) == {*resources.notations(), "course"}
    assert titles["styles"]["exam-key"] == "Results only, for marking"
    assert titles["styles"]["slides"].startswith("Our slide deck")
    assert titles["notations"]["course"] == "Our own letters."
    assert main(["schema", "--templates", str(folder)]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert "exam-key" in schema["$defs"]["Style"]["properties"]["name"]["anyOf"][0]["enum"]
    assert "course" in schema["properties"]["notation"]["anyOf"][0]["enum"]


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    files = {
        "notations/numbered.yaml": "\ufeff# Ours.\nlearning_rate: \\alpha\n",
        "styles/slides/plan.yaml": "\ufeff" + SLIDES.partition("\n")[2].replace("title: Slide deck", "title: Our deck"),
        "phrases/en.yaml": "\ufeffinput-layer: Entry\n",
    }
    folder = write_files(tmp_path, files)
    assert main(["styles", "--templates", str(folder)]) == 0
    listed = capsys.readouterr().out
    assert re.search("  slides +Our deck in vectors", listed)
    assert re.search("  numbered +Ours.\n", listed)
    page = symback.render(symback.load("slides"), notation="numbered", templates=folder)
    assert "Entry" in page
    assert "\\alpha" in page


# Replacing


def test_an_empty_replacement_changes_nothing(tmp_path: Path):
    (tmp_path / "styles").mkdir()
    for example, extension in in_turn(tuple(FORMATS)):
        spec = symback.load(example, templates=tmp_path)
        assert symback.render(spec, extension, templates=tmp_path) == symback.render(spec, extension)


def test_a_copy_of_the_built_in_templates_changes_nothing(tmp_path: Path):
    """Plans, phrases, notations and skeletons that are checked and laid over say what those beneath say."""
    files = {
        path.relative_to(resources.TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in resources.BUILT_IN.glob("*/**/*.*")
        if path.suffix in (".yaml", ".jinja")
    }
    assert len(files) > 15
    folder = write_files(tmp_path, files)
    for example, kind in in_turn(("handout", "worksheet", "solution")):
        spec = symback.load(example, templates=folder)
        assert symback.render(spec, "tex", kind=kind, templates=folder) == symback.render(spec, "tex", kind=kind)


def test_a_plan_takes_the_place_of_the_built_in_one_over_its_phrases(tmp_path: Path):
    head = SLIDES.split("sections:\n")[0]
    plan = f"{head}sections:\n  - heading: initial-values\n    do:\n      - build: data\n"
    folder = write_files(tmp_path, {"styles/slides/plan.yaml": plan})
    page = symback.render(symback.load("slides"), style="slides", templates=folder)
    assert page.startswith("## Initial Values\n")
    assert page.count("#") == 2


def test_one_phrase_takes_the_place_of_one(tmp_path: Path):
    folder = write_files(tmp_path, {"styles/slides/phrases.en.yaml": "loss-question: How wrong is it?\n"})
    spec = symback.load("slides")
    page, before = symback.render(spec, templates=folder), symback.render(spec)
    assert page != before
    assert page.replace("How wrong is it?", "How far is the prediction from the target?") == before
    assert symback.render(spec, style="matrix", templates=folder) == symback.render(spec, style="matrix")


def test_a_shared_phrase_is_another_one_in_every_style(tmp_path: Path):
    folder = write_files(tmp_path, {"phrases/en.yaml": "output-layer: Exit\n"})
    spec = symback.load("slides")
    assert "Exit" in symback.render(spec, style="slides", templates=folder)
    assert "Exit" in symback.render(spec, kind="worksheet", templates=folder)


def test_a_phrase_of_the_style_counts_before_a_shared_one(tmp_path: Path):
    files = {"phrases/en.yaml": "output-layer: Exit\n", "styles/slides/phrases.en.yaml": "output-layer: Way out\n"}
    folder = write_files(tmp_path, files)
    page = symback.render(symback.load("slides"), templates=folder)
    assert "Way out" in page
    assert "Exit" not in page


def test_one_entry_takes_the_place_of_one(tmp_path: Path):
    folder = write_files(
        tmp_path, {"notations/layer-letters.yaml": "learning_rate: \\alpha\nnew: plus\njuxtapose: yes\n"}
    )
    page = symback.render(symback.load("slides"), templates=folder)
    spec = symback.load(
        {
            **_as_mapping("slides"),
            "notation": {"preset": "layer-letters", "learning_rate": "\\alpha", "new": "plus", "juxtapose": "yes"},
        }
    )
    assert page == symback.render(spec)
    assert "\\alpha" in page


def _as_mapping(example: str) -> dict[str, object]:
    from symback.spec.source import read_source

    tree = read_source(resources.example_file(example).read_bytes()).tree
    assert isinstance(tree, dict)
    return tree


def test_a_notation_of_ones_own_is_chosen_by_spec_style_and_command_line(tmp_path: Path):
    course = NUMBERED.replace("learning_rate: \\eta", "learning_rate: \\kappa")
    style = documented_files()["styles/exam-key/plan.yaml"].replace("notation: numbered", "notation: course")
    phrases = documented_files()["styles/exam-key/phrases.en.yaml"]
    folder = write_files(
        tmp_path,
        {"notations/course.yaml": course, "styles/course/plan.yaml": style, "styles/course/phrases.en.yaml": phrases},
    )
    plain = symback.load("slides", templates=folder)
    assert "\\kappa" not in symback.render(plain, templates=folder)
    assert "\\kappa" in symback.render(plain, notation="course", templates=folder)
    assert "\\kappa" in symback.render(plain, style="course", templates=folder)
    assert "\\kappa" in symback.render(
        symback.load({**_as_mapping("slides"), "notation": "course"}, folder), templates=folder
    )


def test_a_skeleton_takes_the_place_of_one_and_reaches_the_one_beneath(tmp_path: Path):
    files = {
        "formats/markdown.jinja": '<% extends "built-in/markdown.jinja" %>\n<% block page %>\n<%= title %>\n<%= super() -%>\nThe end.\n<% endblock %>\n',
        "formats/latex.jinja": "% nothing but <%= title %>\n",
    }
    folder = write_files(tmp_path, files)
    spec = symback.load("slides").model_copy(update={"title": "50 % & more_"})
    assert symback.render(spec, templates=folder) == f"50 % & more\\_\n{symback.render(spec)}The end.\n"
    assert symback.render(spec, "tex", templates=folder) == "% nothing but 50 \\% \\& more\\_\n"


def test_what_a_macro_writes_is_not_escaped_again(tmp_path: Path):
    skeleton = "<% macro loud(text) %>**<%= text %>**<% endmacro %>\n<%= loud(title) %>"
    folder = write_files(tmp_path, {"formats/markdown.jinja": skeleton})
    spec = symback.load("slides").model_copy(update={"title": "a*b"})
    assert symback.render(spec, templates=folder) == "**a\\*b**"


def test_a_sheet_has_questions_of_its_own(tmp_path: Path):
    question = """
  recall:
    ask: ask-recall
    points: 7
    lines: 2
    answer:
      - text: kink-note
        when: [kinked]
      - build: data
"""
    folder = write_files(
        tmp_path,
        {
            "sheets/plan.yaml": SHEET.rstrip() + question,
            "phrases/en.yaml": "ask-recall: Recall the data.\n",
        },
    )
    mapping = {**_small(), "questions": [{"ask": "recall"}, {"ask": "forward", "points": 1}]}
    page = symback.render(symback.load(mapping, folder), kind="worksheet", templates=folder)
    assert "Question 1 (7 points)\n\nRecall the data.\n" in page
    assert "Total: 8 points" in page
    with pytest.raises(symback.SpecError, match='got "recall"'):
        symback.load(mapping)
    with pytest.raises(symback.SpecError, match='got "recall"'):
        symback.render(symback.load(mapping, folder), kind="worksheet")


# Precedence, freshness, determinism


def test_the_command_line_counts_before_the_spec(documented: Path, capsys: pytest.CaptureFixture[str]):
    spec = documented.parent / "week.yaml"
    spec.write_text(EXAMPLE.replace("style: slides", "style: exam-key"), encoding="utf-8")
    assert main(["render", str(spec), "--style", "slides", "--templates", str(documented), "-o", "-"]) == 0
    page = capsys.readouterr().out
    loaded = symback.load(spec, templates=documented)
    assert page == symback.render(loaded, style="slides")
    assert page != symback.render(loaded, templates=documented)


def test_a_spec_cannot_name_a_folder(documented: Path, capsys: pytest.CaptureFixture[str]):
    spec = documented.parent / "week.yaml"
    spec.write_text(f"{EXAMPLE}templates: my-templates\n", encoding="utf-8")
    assert main(["render", str(spec), "-o", "-"]) == 2
    assert 'got the unknown key "templates"' in capsys.readouterr().err


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path):
    spec = symback.load("slides")
    pages = []
    for words in ("One.", "Two.", "Two.", "One."):
        write_files(
            tmp_path,
            {
                "styles/slides/phrases.en.yaml": f"loss-question: {words}\n",
                "formats/markdown.jinja": f'<% extends "built-in/markdown.jinja" %><% block page %>{words}<%= super() %><% endblock %>',
            },
        )
        os.utime(tmp_path / "formats" / "markdown.jinja", (0, 0))
        pages.append(symback.render(spec, templates=tmp_path))
        assert pages[-1].startswith(words)
        assert f"\n{words}\n" in pages[-1]
    assert (pages[0], pages[1]) == (pages[3], pages[2])


def test_folders_do_not_mix(tmp_path: Path):
    first, second = (
        write_files(
            tmp_path / word,
            {"styles/slides/phrases.en.yaml": f"loss-question: {word}.\n", "formats/latex.jinja": f"{word}\n"},
        )
        for word in ("First", "Second")
    )
    spec = symback.load("slides")
    before = symback.render(spec)
    for folder in (first, second, first):
        assert f"{folder.name}." in symback.render(spec, templates=folder)
        assert symback.render(spec, "tex", templates=folder) == f"{folder.name}\n"
    assert symback.render(spec) == before


def test_the_same_folder_gives_the_same_bytes(documented: Path):
    command = [sys.executable, "-m", "symback", "render", "notes", "--style", "exam-key", "--to", "md,tex", "-o", "-"]
    command += ["--templates", str(documented)]
    found = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, timeout=60
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert b"New parameters" in found.pop()


def test_a_spec_from_standard_input_takes_the_folder(
    documented: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.encode())))
    assert main(["render", "-", "--style", "exam-key", "--templates", str(documented), "-o", "-"]) == 0
    assert capsys.readouterr().out == api.render(api.load("slides"), style="exam-key", templates=documented)


# The tables by which plans are checked


def test_every_form_is_listed_and_every_listed_form_is_some_step_s():
    found = set()
    losses = ("binary-cross-entropy", "squared-error")
    specs = [symback.load(example) for example in EXAMPLES] + [
        symback.load({**_small(), "loss": loss}) for loss in losses
    ]
    for spec in specs:
        derivation = values_of(spec).derivation
        found |= {form for key in derivation for form in derivation[key].forms}
    assert found == set(FORMS)


def test_every_option_of_a_builder_can_be_checked():
    options = {
        (name, annotation)
        for name, builder in BUILDERS.items()
        for option, annotation in builder.__annotations__.items()
        if option not in ("page", "scope", "return")
    }
    assert len(options) > 20
    assert {annotation for _, annotation in options} <= set(plan_check.TYPES)


@pytest.mark.parametrize("style", resources.styles())
def test_built_in_plans_pass_the_check(style: str):
    phrases = load_phrases(style, "en", resources.BUILT_IN)
    plan_check.check_style(resources.BUILT_IN.file(resources.plan_name(style)), phrases, resources.BUILT_IN)
    plan_check.check_sheet(resources.BUILT_IN.file(resources.SHEET), phrases)
