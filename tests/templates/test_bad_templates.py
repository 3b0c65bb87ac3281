"""What is wrong in a folder of templates is told with its place; nothing is written, and there is no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

import symback
from symback import resources
from symback.cli import main
from tests.templates.documented import documented_files, write_documented_folder, write_files

FILES = documented_files()
PLAN, PHRASES = "styles/exam-key/plan.yaml", "styles/exam-key/phrases.en.yaml"
SHEET = resources.BUILT_IN.file(resources.SHEET).read_text(encoding="utf-8")
NUMBERED = resources.BUILT_IN.file(resources.notation_name("numbered")).read_text(encoding="utf-8")

HERE = "‸"
"""Stands in a text where something wrong is to be reported."""


def said(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Render with a folder of templates in which something is wrong; return what is said, a line for each problem."""
    out = folder.parent / "out"
    assert main(["render", "slides", "--templates", str(folder), "--to", "md,tex", "-o", str(out), *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert not out.exists()
    return [line.removeprefix(f"{folder}/") for line in printed.err.splitlines()]


def marked(name: str, text: str) -> tuple[str, str]:
    """Return a text without its mark, and the place of the mark."""
    before, _, after = text.partition(HERE)
    return before + after, f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: "


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("build: neurons", "build: ‸neurns", 'got "neurns"; expected one of title, '),
        ("  forms: [value]", "  ‸form: [value]", 'the unknown key "form"; expected one of build, forms, when'),
        ("- build: neurons\n        forms: [value]", "- ‸build: neurons", 'got nothing; expected the key "forms"'),
        ("forms: [value]", "forms: [‸vlaue]", 'did you mean "value"?'),
        ("forms: [value]", "forms: ‸value", 'got "value"; expected a list of words'),
        ("new: true", "new: ‸yes", 'got "yes"; expected true or false'),
        ("of: gradient.weight", "of: ‸gradient.wieght", 'of: got "gradient.wieght"; expected one of weight, '),
        ("of: gradient.weight", "of: ‸[gradient.weight]", "got a list of 1; expected text"),
        ("when: [learning rate]", "when: [‸learning-rate]", 'did you mean "learning rate"?'),
        ("when: [learning rate]", "when: ‸learning rate", "expected a list of conditions"),
        ("each: layer backward", "each: ‸layers backward", 'did you mean "layer backward"?'),
        ("text: rate", "text: ‸raet", 'the phrase "raet", which is not there; '),
        ("- text: rate", "- ‸txt: rate", 'got a row with "txt"; expected a row with one of the keys heading, '),
        ("- text: rate", "- ‸rate", 'got "rate"; expected a row with one of the keys heading, '),
        ("- text: rate", "- ‸{text: rate, remark: rate}", "got a row with text and remark; expected "),
        ("- text: rate", "- heading: rate\n        level: ‸4\n        do: [{text: rate}]", "expected 1, 2 or 3"),
        ("- text: rate", "- ‸heading: rate", 'do: got nothing; expected the key "do"'),
        ("title: Results", "title: ‸[Results]\n#", "got a list of 1; expected text"),
        ("notation: numbered", "notation: ‸numberd", 'did you mean "numbered"?'),
        ("anchors: [activation]", "anchors: [‸activations]", 'did you mean "activation"?'),
        ("anchors: [activation]", "‸anchor: [activation]", 'got the unknown key "anchor"; expected one of title, '),
        ("by_terms: false", "by_terms: ‸no", 'got "no"; expected true or false'),
        ("{activation derivative: ", "{‸activation derivativ: ", 'did you mean "activation derivative"?'),
        ("derivative: input", "derivative: ‸imput", 'did you mean "input"?'),
        ("forms: {activation", "forms: ‸nothing #", 'got "nothing"; expected a mapping'),
        ("sections:", "options: {most: ‸many}\nsections:", 'got "many"; expected a number'),
        ("sections:", "sections: ‸none\n_:", 'got "none"; expected a list of rows'),
        ("- build: title", "- ‸build: affine", "got a row that speaks of a layer; expected a layer around it"),
        ("- build: title", "- ‸text: kink-note", 'the place {activation} in the phrase "kink-note", which nothing'),
        ("- build: title", "- {each: layer, do: [‸{text: rate, when: [vanishing]}]}", "expected the option vanishing"),
        ("- build: title", "- {each: layer, do: [‸{build: matrix rule, of: w}]}", "got a row that cannot be followed"),
        ("sections:\n  - build:", "sections\n  - build‸:", "got text that is not YAML"),
        ("  - build: title", "‸\t- build: title", "YAML is not indented with tabs"),
        ("- build: title", "- build: title\n  - ‸&anchor {build: data}", "the anchor &anchor"),
    ],
)
def test_a_bad_plan(old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text, place = marked(PLAN, FILES[PLAN].replace(old, new, 1))
    folder = write_files(tmp_path / "mine", {**FILES, PLAN: text})
    line, *_ = said(folder, capsys, "--style", "exam-key")
    assert line.startswith(place)
    assert message in line


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (PLAN, "‸", "got an empty text; expected a mapping"),
        (PLAN, "‸- build: title\n", "got a list of 1; expected a mapping"),
        (PLAN, FILES[PLAN].replace("by_terms: false\n", "").replace("title:", "‸title:", 1), 'the key "by_terms"'),
        (PLAN, FILES[PLAN].replace("title: ", "title: 2020-99-99\n#", 1).replace("title", "‸title"), "that is none"),
        (PHRASES, FILES[PHRASES].replace("{rate_value}", "{rate_vlaue}").replace("rate: ", "rate: ‸"), "{rate_value}"),
        (PHRASES, f"{FILES[PHRASES]}‸loss: Again\n", 'got the key "loss" a second time (first on line 2)'),
        (PHRASES, f"{FILES[PHRASES]}‸updaet: New\n", 'which nothing uses; expected the name of a phrase'),
        (PHRASES, FILES[PHRASES].replace("Loss", "‸[Loss]"), "loss: got a list of 1; expected text"),
        (PHRASES, FILES[PHRASES].replace("Loss", "‸null"), "loss: got null; expected text"),
        ("phrases/en.yaml", "input-layer: In\n‸inptu-layer: In\n", 'did you mean "input-layer"?'),
        ("styles/slides/phrases.en.yaml", "‸loss-qestion: How wrong?\n", 'did you mean "loss-question"?'),
        ("notations/numbered.yaml", "‸learning_rat: x\n", "did you mean"),
        ("notations/numbered.yaml", "learning_rate: ‸[x]\n", "learning_rate: got a list of 1; expected text"),
        ("notations/numbered.yaml", "new: prime\nfunctions: {relu: ‸[x]}\n", "functions.relu: got a list of 1"),
        ("notations/numbered.yaml", "functions: ‸text\n", "expected a mapping in the file of a notation"),
        ("notations/numbered.yaml", "product: ‸cross\n", "expected one of dot, star, times"),
        ("notations/course.yaml", NUMBERED.replace("\\eta", "‸3_<x>"), "learning_rate: got '3_<x>'; expected a symbol"),
        ("notations/course.yaml", NUMBERED.replace("loss: e_total\n", "").replace("orient", "‸orient"), "loss: got nothing"),
        ("sheets/plan.yaml", "‸problem: [{build: title}]\n", "questions: got nothing; expected questions by their names"),
        ("sheets/plan.yaml", "problem: ‸[]\nquestions: {a: b}\n", "got an empty list; expected a list of rows"),
        ("formats/markdown.jinja", "a\n‸<% fro block in blocks %>\n", "Encountered unknown tag 'fro'"),
        ("formats/markdown.jinja", "a\n‸<%= titel %>\n", "'titel' is undefined"),
        ("formats/latex.jinja", "a\n\n‸<%= 1 / 0 %>\n", "division by zero"),
        ("formats/latex.jinja", "a\n\n‸<%= blocks[0].kind.no() %>\n", "has no attribute 'no'"),
        ("formats/latex.jinja", "‸<% extends 'builtin/latex.jinja' %>\n", 'did you mean "built-in/latex.jinja"?'),
        ("formats/latex.jinja", "‸<% extends 'latex.jinja' %>\n", "a skeleton that extends or includes itself"),
        ("formats/latex.jinja", "\n‸<% include 'latex.jinja' %>\n", "a skeleton that extends or includes itself"),
        ("formats/latex.jinja", "a ‸\x07\n", "got the character U+0007"),
        (PLAN, FILES[PLAN].replace("title: ", "title: =\n#", 1).replace("title", "‸title"), "that is none"),
    ],
)  # fmt: skip
def test_a_bad_file(name: str, text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text, place = marked(name, text)
    folder = write_files(tmp_path / "mine", {**FILES, name: text})
    (line,) = said(folder, capsys, "--style", "exam-key")
    assert line.startswith(place)
    assert message in line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points: 4", "points: ‸four", 'questions.forward.points: got "four"; expected a whole number'),
        ("build: neurons", "build: ‸neuron", 'questions.forward.answer.1.build: got "neuron"; '),
        ("ask: ask-forward", "ask: ‸ask-forwrad", 'did you mean "ask-forward"?'),
        ("  forward:\n    ask", "  forward:\n    ‸aks", 'got the unknown key "aks"'),
        ("when: [stated values]", "when: [‸stated]", "expected one of learning rate, "),
        ("- text: sheet-intro", "- ‸build: affine", "a row that speaks of a layer"),
    ],
)
def test_a_bad_plan_of_sheets(old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text, place = marked("sheets/plan.yaml", SHEET.replace(old, new, 1))
    folder = write_files(tmp_path / "mine", {"sheets/plan.yaml": text})
    for kind in ("worksheet", "solution"):
        line, *_ = said(folder, capsys, "--as", kind)
        assert line.startswith(place)
        assert message in line


def test_a_replaced_phrase_with_a_place_that_is_not_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    name = "styles/slides/phrases.en.yaml"
    text, place = marked(name, "loss-question: ‸How far is {layr}?\n")
    (line,) = said(write_files(tmp_path / "mine", {name: text}), capsys)
    assert line.startswith(place)
    assert 'the place {layr} in the phrase "loss-question", which nothing fills here; expected other places: ' in line


def test_a_folder_by_a_relative_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    folder = write_files(
        tmp_path / "mine", {**FILES, PLAN: FILES[PLAN] + "rest: 1\n", "formats/latex.jinja": "a\n<%= titel %>\n"}
    )
    (tmp_path / "deep").mkdir()
    for place, path in ((tmp_path, "mine"), (tmp_path, "./mine/"), (folder, "."), (tmp_path / "deep", "../mine")):
        monkeypatch.chdir(place)
        for options, file in ((["--to", "tex"], "formats/latex.jinja:2:1: "), (["--style", "exam-key"], f"{PLAN}:")):
            assert main(["render", "slides", "--templates", path, "-o", "-", *options]) == 2
            out, err = capsys.readouterr()
            assert out == ""
            assert err.startswith((Path(path) / file).as_posix())
            assert err.count("\n") == 1


def test_all_problems_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plan = FILES[PLAN].replace("build: neurons", "build: neurns").replace("text: rate", "text: raet")
    lines = said(write_files(tmp_path / "plan", {**FILES, PLAN: plan}), capsys, "--style", "exam-key")
    assert len(lines) == 2
    files = {
        **FILES,
        PHRASES: "loss: []\n",
        "notations/course.yaml": "new: prime\n",
        "phrases/en.yaml": "untitled: []\n",
    }
    lines = said(write_files(tmp_path / "files", files), capsys, "--style", "exam-key")
    assert [line.split(":")[0] for line in lines] == ["notations/course.yaml", "phrases/en.yaml", PHRASES]


def test_a_style_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = write_documented_folder(tmp_path)
    for wrong, meant in (("exam-kye", '; did you mean "exam-key"?'), ("../exam-key", '; did you mean "exam-key"?')):
        (line,) = said(folder, capsys, "--style", wrong)
        names = ", ".join(sorted((*resources.styles(), "exam-key")))
        assert line == f'style: got "{wrong}"; expected one of {names}{meant}'


@pytest.mark.parametrize("style", ["../styles/slides", "..", ".", "/etc", "exam-key/../slides", "exam-key/"])
def test_a_name_of_a_style_is_no_path(style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = write_documented_folder(tmp_path)
    assert said(folder, capsys, "--style", style)[0].startswith(f'style: got "{style}"; expected one of ')
    with pytest.raises(symback.SpecError):
        symback.render(symback.load("slides"), style=style, templates=folder)
    with pytest.raises(symback.SpecError):
        symback.render(symback.load("slides"), notation=f"../notations/{style}", templates=folder)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"styles/Exam Key/plan.yaml": ""}, "styles/Exam Key/plan.yaml: got a file that is not used under this name; "),
        ({"styles/a/plan.yaml": "", "styles/a/phrase.yaml": ""}, "styles/a/phrase.yaml: got a file that is not used "),
        ({"styles/slides/plan.yml": ""}, "styles/slides/plan.yml: got a file that is not used under this name; "),
        ({"notations/a_b.yaml": ""}, "notations/a_b.yaml: got a file that is not used under this name; expected "),
        ({"phrases/phrases.yaml": ""}, "phrases/phrases.yaml: got a file that is not used under this name; expected "),
        ({"sheets/exam.yaml": ""}, "sheets/exam.yaml: got a file that is not used under this name; expected sheets/"),
        ({"styles/slidse/notes.txt": ""}, "styles/slidse: got a style without a plan; "),
    ],
)
def test_files_that_nothing_would_read(
    files: dict[str, str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (line,) = said(write_files(tmp_path / "mine", files), capsys)
    assert line.startswith(expected)


def test_a_folder_that_is_none_of_templates(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = write_documented_folder(tmp_path)
    other = write_files(tmp_path / "other", {"style/exam-key/plan.yaml": ""})
    for path, came, meant in (
        (tmp_path / "my-tmplates", "a folder that cannot be read (No such file or directory)", "my-templates"),
        (folder / "styles", "a folder that holds no templates", "my-templates"),
        (folder / "styles" / "exam-key", "a folder that holds no templates", "my-templates"),
        (other, "a folder that holds no templates", "styles"),
    ):
        assert main(["styles", "--templates", str(path)]) == 2
        expected = "one that holds one of the folders styles, notations, phrases, formats, sheets, equations"
        line = f'{path}: got {came}; expected {expected}; did you mean "{meant}"?\n'
        assert capsys.readouterr() == ("", line)
    assert main(["styles", "--templates", str(folder / "phrases" / "en.yaml")]) == 2
    assert "(Not a directory)" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["styles"], ["schema"], ["check", "slides"], ["render", "slides", "-o", "-"]])
def test_every_command_tells_what_is_wrong_in_a_folder(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = write_files(tmp_path, {"phrases/en.yaml": "untitled: [1]\n"})
    assert main([*command, "--templates", str(folder)]) == 2
    assert capsys.readouterr() == ("", f"{folder}/phrases/en.yaml:1:11: untitled: got a list of 1; expected text\n")


def test_python_is_told_the_same(tmp_path: Path):
    folder = write_files(tmp_path, {"phrases/en.yaml": "untitled: [1]\n"})
    with pytest.raises(symback.TemplateError) as caught:
        symback.load("slides", templates=folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (str(folder / "phrases" / "en.yaml"), 1, 11)
    assert isinstance(caught.value, symback.SymbackError)
    assert not isinstance(caught.value, symback.SpecError)


def test_a_fault_of_symback_itself_is_not_laid_on_the_author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where plan, phrases and skeleton are built in, an error stays what it is."""
    from symback.document.builders.registry import BUILDERS
    from symback.document.faults import PlanError

    (tmp_path / "styles").mkdir()

    def broken(*arguments: object) -> None:
        raise KeyError("w.1.1.1")

    monkeypatch.setitem(BUILDERS, "title", broken)
    with pytest.raises(PlanError) as caught:
        symback.render(symback.load("slides"), templates=tmp_path)
    assert isinstance(caught.value.__cause__, KeyError)
