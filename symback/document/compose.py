"""From a spec to its document: graph, derivation and numbers, then the style's plan from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from symback import resources
from symback.derive.derivation import Derivation
from symback.document import sheet
from symback.document.blocks import Block, Document, Exploration
from symback.document.explore.explore import explore
from symback.document.faults import PlanError
from symback.document.locate import located
from symback.document.page import Page, Scope
from symback.document.plan import walk
from symback.document.style import Style, load_style
from symback.graph.build import build_graph
from symback.graph.quantity import Role
from symback.notation.names import Names
from symback.notation.notation import Notation, load_notation
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.spec.problems import Problem, SpecError, check_choice, show
from symback.values.policy import Carry, policy_of
from symback.values.program import Program
from symback.values.values import Values
from symback.written.nodes import Number

DEFAULT_STYLE = "slides"

MOST_WRITTEN_OUT = 300
"""How many parameters a network may have for a handout that writes out all of them; others get a summary."""

SCREEN = "screen-"
"""Begins the names of all phrases of the controls of a page on the screen."""


def compose(
    spec: Spec, style: str = "", notation: str = "", kind: str = "handout", templates: Templates = BUILT_IN
) -> tuple[Document, Names]:
    """Return the document of `spec` and the symbols that it is written with.

    `style` and `notation` take precedence over what the spec asks for; without either, the style's home notation is
    used. `kind` is one of `KINDS`: a handout follows the style's plan, or is a summary where the network is large; a
    full one never is; a worksheet asks, its solution answers.

    Raises
    ------
    symback.spec.problems.SpecError
        If style, notation or kind is not known.
    symback.spec.problems.TemplateError
        If a template that the page needs is the author's own and wrong.
    """
    check_choice("as", kind, KINDS)
    page, chosen = _page(spec, style, notation, templates)
    try:
        blocks = tuple(KINDS[kind](page, chosen, templates))
    except PlanError as error:
        plan = resources.plan_name(chosen.name) if kind in ("handout", "full") else resources.SHEET
        fault = located(error, plan, chosen.name, spec.language, templates)
        if fault is None:
            raise
        raise fault from error
    words = page.phrases.beginning(SCREEN)
    explored, program = partial(_EXPLORED[kind], page), partial(_PROGRAMS[kind], page)
    return Document(spec.title, spec.language, blocks, words, explored, program), page.names


def _handout(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    if len(page.graph.parameters) > MOST_WRITTEN_OUT:
        return walk(page, resources.data(resources.SUMMARY)["sections"], Scope())
    return _full(page, style, templates)


def _full(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    return walk(page, style.sections, Scope())


def _worksheet(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    return sheet.worksheet(page, sheet.load_sheet(style.phrases, templates))


def _solution(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    return sheet.solution(page, sheet.load_sheet(style.phrases, templates))


KINDS: Mapping[str, Callable[[Page, Style, Templates], Iterator[Block]]] = {
    "handout": _handout,
    "full": _full,
    "worksheet": _worksheet,
    "solution": _solution,
}
"""What a spec can be made into."""

_EXPLORED: Mapping[str, Callable[[Page], Exploration | None]] = {
    "handout": explore,
    "full": explore,
    "worksheet": lambda page: None,
    "solution": explore,
}
"""What a page of each kind can be asked on the screen: a worksheet answers nothing."""

_PROGRAMS: Mapping[str, Callable[[Page], Program | None]] = {
    "handout": lambda page: Program(page.values),
    "full": lambda page: Program(page.values),
    "worksheet": lambda page: None,
    "solution": lambda page: Program(page.values),
}
"""The program behind the numbers of a page of each kind."""


def _page(spec: Spec, style_name: str, notation_name: str, templates: Templates = BUILT_IN) -> tuple[Page, Style]:
    own = spec.style.name if spec.style else DEFAULT_STYLE
    is_own = spec.style is not None and style_name in ("", own)
    style = load_style(style_name or own, spec.language, spec.style.options if spec.style and is_own else {}, templates)
    graph = build_graph(spec)
    derivation = Derivation(
        graph,
        roots=(graph.loss_terms or ("loss",)) if style.by_terms else ("loss",),
        anchors=(Role(role) for role in style.anchors),
        kinks={name: Number(value.text) for name, value in spec.kinks.items()},
    )
    values = Values(derivation, policy_of(spec), style.forms)
    notation = _notation(spec, notation_name or style.notation, bool(notation_name), templates)
    names = Names(notation, spec.network.sizes)
    return Page(spec, graph, derivation, values, names, style.phrases, style.options), style


def _notation(spec: Spec, name: str, is_chosen: bool, templates: Templates) -> Notation:
    """Return the notation: the one chosen on the command line, else the spec's, else the style's."""
    overrides: dict[str, str] = {}
    if spec.notation is not None:
        overrides = dict(spec.notation.overrides)
        name = name if is_chosen else (spec.notation.preset or name)
    if spec.loss.name:
        overrides |= {"loss": spec.loss.name, "single_loss": spec.loss.name}
    check_choice("notation", name, resources.notations(templates))
    notation = load_notation(name, overrides, templates)
    hidden = len(spec.network.layers) - 1
    if len(notation.hidden_letters) < hidden:
        came, expected = show(notation.hidden_letters), f"a letter for each of the {hidden} hidden layers"
        raise SpecError([Problem(("notation", "hidden_letters"), came, expected)])
    return notation


def values_of(spec: Spec, templates: Templates = BUILT_IN) -> Values:
    """Return the numbers of `spec` without a page around them: nothing is rounded on the way."""
    page, _ = _page(spec, "", "", templates)
    return Values(page.derivation, replace(page.values.policy, carry=Carry.EXACT))


def names_of(spec: Spec, templates: Templates = BUILT_IN, notation: str = "") -> Names:
    """Return the symbols with which the page of `spec` is written, in its own notation or in another."""
    own = spec.style.name if spec.style else DEFAULT_STYLE
    home = notation or load_style(own, spec.language, {}, templates).notation
    return Names(_notation(spec, home, bool(notation), templates), spec.network.sizes)
