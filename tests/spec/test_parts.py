"""Several networks in one spec: defaults above the parts, problems with their places, and surfaces that take parts."""

from __future__ import annotations

import re

import pytest

import symback
from symback import DocumentError, LimitationError, SpecError, api, resources
from symback.cli import main
from symback.spec.load import load_text
from tests.checker import check_page

ABOVE = {
    "schema": 1,
    "title": "Both",
    "data": [{"inputs": ["1.0", "0.5"], "targets": ["1"]}],
    "loss": "squared-error",
    "update": {"learning_rate": "0.5"},
}
SMALL = {
    "title": "Small",
    "network": {"inputs": 2, "layers": [{"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["0.4", "-0.2"]]], "biases": [["0.1"]]},
}
LARGE = {
    "title": "Large",
    "network": {"inputs": 2, "layers": [{"size": 2, "activation": "relu"}, {"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["0.4", "-0.2"], ["0.1", "0.7"]], [["1.5", "-0.6"]]], "biases": [["0", "0.3"], ["1"]]},
    "notation": "numbered",
    "loss": "binary-cross-entropy",
}
BOTH = {**ABOVE, "parts": [SMALL, LARGE]}


def alone(part: dict) -> symback.Spec:
    return symback.load({**ABOVE, **part})


def part_of(page: str, title: str) -> str:
    """Return a part of a page as a page of its own: its headings one level up."""
    found = re.search(rf"(?ms)^## {title}$.*?(?=^## |\Z)", page)
    assert found is not None
    return re.sub(r"(?m)^#(#+ )", r"\1", found[0]).strip()


@pytest.mark.parametrize("kind", ["handout", "worksheet", "solution"])
@pytest.mark.parametrize("style", ["slides", "scalar-check", "notes", "matrix", "formula-sheet"])
def test_every_part_is_the_page_of_its_own_spec(style: str, kind: str):
    page = symback.render(symback.load(BOTH), style=style, kind=kind)
    assert page.startswith("# Both\n")
    for part in (SMALL, LARGE):
        assert part_of(page, part["title"]) == symback.render(alone(part), style=style, kind=kind).strip()


@pytest.mark.parametrize("style", resources.styles())
def test_every_link_of_the_example_holds(style: str):
    spec = symback.load("parts")
    page = symback.render(spec, style=style)
    for network in spec.networks:
        report = check_page(part_of(page, network.title), rounding="half-up", carry="exact")
        assert report.failed == []
        assert report.judged > 4


def test_a_part_without_a_title_has_a_number():
    parts = [{key: value for key, value in part.items() if key != "title"} for part in (SMALL, LARGE)]
    page = symback.render(symback.load({**BOTH, "parts": parts}))
    assert re.findall(r"(?m)^##? .*", page) == ["# Both", "## Part 1", "## Part 2"]


def test_numbers_and_gradients_are_those_of_the_parts():
    spec = symback.load(BOTH)
    small, large = symback.evaluate(spec)["parts"]
    assert small == {"title": "Small", **symback.evaluate(alone(SMALL))}
    assert large == {"title": "Large", **symback.evaluate(alone(LARGE))}
    findings = symback.check(spec)
    assert {(finding.part, finding.verdict) for finding in findings} == {(1, "agrees"), (2, "agrees")}
    assert len(findings) == len(symback.check(alone(SMALL))) + len(symback.check(alone(LARGE)))


def test_a_spec_with_parts_that_is_written_out_is_the_same_spec():
    spec = symback.load(BOTH)
    again = load_text(api.dump(spec))
    assert symback.evaluate(again) == symback.evaluate(spec)
    assert api.dump(again) == api.dump(spec)


def test_what_takes_one_network_at_a_time_says_so():
    with pytest.raises(LimitationError, match=r"parts: got 2 parts; expected a spec of one network"):
        symback.formulas(symback.load(BOTH))


def test_a_document_about_parts_has_a_heading_for_each():
    with pytest.raises(
        DocumentError, match=r"^mine.md: got a document without a heading for part 2, 'Large'; expected"
    ):
        symback.verify(symback.load(BOTH), "$w = 1$", "mine.md")


TEXT = """\
schema: 1
loss: squared-eror
data: [{inputs: [1], targets: [1]}]
parts:
  - network: {inputs: 1, layers: [{size: 1, activation: relu, bias: false}]}
    parameters: {weights: [[[1, 2]]]}
  - network: {inputs: 1, layers: [{size: 1, activation: rellu, bias: false}]}
    parameters: {weights: [[[1]]]}
    language: de
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(SpecError) as error:
        load_text(text, "both.yaml")
    return str(error.value).splitlines()


def test_problems_stand_where_they_are_and_those_of_defaults_once():
    assert [line.partition(";")[0] for line in problems_of(TEXT.replace("    language: de\n", ""))] == [
        'both.yaml:2:7: loss: got "squared-eror"',
        "both.yaml:6:29: parts.1.parameters.weights.1.1: got 2 numbers",
        f'both.yaml:7:{TEXT.splitlines()[6].index("rellu") + 1}: parts.2.network.layers.1.activation: got "rellu"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, 'both.yaml:9:5: parts.2.language: got the key "language" within a part'),
        ("schema: 1\nparts: 3\n", "both.yaml:2:8: parts: got 3; expected a list of 2 to 12 specs"),
        ("schema: 1\nparts: [{}]\n", "both.yaml:2:8: parts: got a list of 1; expected a list of 2 to 12 specs"),
        ("schema: 1\nparts: [3, {parts: []}]\n", "both.yaml:2:9: parts.1: got 3"),
        ("schema: 1\nparts: [3, {parts: []}]\n", 'both.yaml:2:13: parts.2.parts: got the key "parts" within a part'),
    ],
)
def test_what_is_no_part_is_said(text: str, said: str):
    assert any(line.startswith(said) for line in problems_of(text))


def test_a_contradiction_names_the_part(tmp_path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "both.yaml"
    path.write_text(api.dump(symback.load({**BOTH, "parts": [SMALL, {**LARGE, "given": {"z.1.1": "2"}}]})))
    assert main(["render", str(path), "-o", "-"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(rf"{re.escape(str(path))}:\d+:\d+: parts\.2\.given\.z\.1\.1: got 2, which contradicts .*", line)
