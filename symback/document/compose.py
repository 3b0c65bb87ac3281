"""From a spec to its document: graph, derivation and numbers, then the style's plan from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial

from symback import resources
from symback.derive.delta import delta_id
from symback.derive.derivation import Derivation
from symback.document import sheet
from symback.document.blocks import Block, Document, Exploration
from symback.document.explore.explore import explore
from symback.document.faults import PlanError
from symback.document.locate import located
from symback.document.page import Page, Scope
from symback.document.plan import walk
from symback.document.style import Style, load_plan_of_equations, load_style
from symback.graph.build import build_graph
from symback.graph.quantity import BATCH, Graph, Role
from symback.notation.names import Names
from symback.notation.notation import Notation, load_notation
from symback.notation.own_names import OwnNames
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.spec.problems import Problem, SpecError, check_choice, show
from symback.spec.words import listed
from symback.values.policy import Carry, policy_of
from symback.values.program import Program
from symback.values.values import Values
from symback.written.nodes import Number, Symbol

DEFAULT_STYLE = "slides"

MOST_WRITTEN_OUT = 300
"""How many parameters a network may have for a handout that writes out all of them; others get a summary."""

SCREEN, SCREEN_OF_EQUATIONS = "screen-", "screen-graph-"
"""Begin the names of all phrases of the controls of a page on the screen, and of those that equations need."""

UPSTREAM_NAMES = {"target": "u_<index>", "single_target": "u", "target_vector": "u"}
"""What upstream gradients are called, which stand in the places of targets where there is no loss."""


Watch = Callable[[Names, Block], None]
"""Sees the blocks of a page as they come, with the symbols that they are written with."""


def compose(
    spec: Spec,
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Templates = BUILT_IN,
    watch: Watch | None = None,
) -> tuple[Document, Names]:
    """Return the document of `spec` and the symbols that it is written with.

    `style` and `notation` take precedence over what the spec asks for; without either, the style's home notation is
    used. `kind` is one of `KINDS`: a handout follows the style's plan, or is a summary where the network is large; a
    full one never is; a worksheet asks, its solution answers. `watch` sees every block as soon as there is one.

    Raises
    ------
    symback.spec.problems.SpecError
        If style, notation or kind is not known.
    symback.spec.problems.TemplateError
        If a template that the page needs is the author's own and wrong.
    """
    check_choice("as", kind, KINDS)
    page, chosen = _page(spec, style, notation, templates, is_sheet=kind != "handout")
    try:
        blocks = tuple(_watched(KINDS[kind](page, chosen, templates), page.names, watch))
    except PlanError as error:
        plan = resources.plan_name(chosen.name) if kind in ("handout", "full") else resources.SHEET
        fault = located(error, plan, chosen.name, spec.language, templates)
        if fault is None:
            raise
        raise fault from error
    explored, program = partial(_EXPLORED[kind], page), partial(_PROGRAMS[kind], page)
    words, whole = screen_words(page), kind == "full"
    return Document(spec.title, spec.language, blocks, words, explored, program, whole=whole), page.names


def _watched(blocks: Iterator[Block], names: Names, watch: Watch | None) -> Iterator[Block]:
    for block in blocks:
        if watch is not None:
            watch(names, block)
        yield block


def _handout(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    if page.graph.system is None and len(page.graph.parameters) > MOST_WRITTEN_OUT:
        return walk(page, resources.data(resources.SUMMARY)["sections"], Scope())
    return _full(page, style, templates)


def _full(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    if page.graph.system is None:
        return walk(page, style.sections, Scope())
    return walk(page, style.equations, Scope(root=page.graph.root))


def _worksheet(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    return sheet.worksheet(page, _sheet(page, style, templates))


def _solution(page: Page, style: Style, templates: Templates) -> Iterator[Block]:
    return sheet.solution(page, _sheet(page, style, templates))


def _sheet(page: Page, style: Style, templates: Templates) -> sheet.Plan:
    load = sheet.load_sheet if page.graph.system is None else load_plan_of_equations
    return load(style.phrases, templates)


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


def _page(
    spec: Spec, style_name: str, notation_name: str, templates: Templates = BUILT_IN, is_sheet: bool = False
) -> tuple[Page, Style]:
    own = spec.style.name if spec.style else DEFAULT_STYLE
    is_own = spec.style is not None and style_name in ("", own)
    style = load_style(style_name or own, spec.language, spec.style.options if spec.style and is_own else {}, templates)
    graph = build_graph(spec)
    derivation = Derivation(
        graph,
        roots=graph.loss_terms if style.by_terms else (),
        anchors=(Role(role) for role in style.anchors),
        kinks={name: Number(value.text) for name, value in spec.at_kinks.items()},
    )
    values = Values(derivation, policy_of(spec, graph.root), {} if is_sheet else style.forms)
    notation = _notation(spec, style, notation_name, templates)
    names = _names(spec, graph, notation)
    return Page(spec, graph, derivation, values, names, style.phrases, style.options), style


def screen_words(page: Page) -> Mapping[str, str]:
    """Return what the controls of a page on the screen are called; some are called otherwise where equations stand."""
    words = page.phrases.beginning(SCREEN)
    return words if page.graph.system is None else words | page.phrases.beginning(SCREEN_OF_EQUATIONS)


def page_of(spec: Spec, style: str, notation: str, templates: Templates) -> Page:
    """Return the page of `spec` before anything stands on it. The arguments are those of `compose`."""
    page, _ = _page(spec, style, notation, templates)
    return page


def _notation(spec: Spec, style: Style, name: str, templates: Templates) -> Notation:
    """Return the notation: the one chosen by `name` on the command line, else the spec's, else the style's."""
    overrides: dict[str, str] = {}
    if spec.notation is not None:
        overrides = dict(spec.notation.overrides)
        name = name or spec.notation.preset or ""
    name = name or style.notation
    if spec.loss is None:
        overrides |= UPSTREAM_NAMES
    elif spec.loss.name:
        overrides |= {"loss": spec.loss.name, "single_loss": spec.loss.name}
    if spec.numbers.mark:
        overrides["decimal_mark"] = spec.numbers.mark
    check_choice("notation", name, resources.notations(templates))
    notation = load_notation(name, overrides, templates, {"decimal_mark": style.phrases.words("decimal-mark")})
    hidden = len(spec.network.layers) - 1
    if len(notation.hidden_letters) < hidden:
        came, expected = show(notation.hidden_letters), f"a letter for each of the {hidden} hidden layers"
        raise SpecError([Problem(("notation", "hidden_letters"), came, expected)])
    return notation


def _names(spec: Spec, graph: Graph, notation: Notation) -> Names:
    """Return the symbols of a network: those of the notation, and those that the spec gives to single quantities."""
    entering = [layer.inputs for layer in graph.layers]
    own = {**_joined_name(graph, notation), **spec.names}
    names = (
        Names(notation, spec.network.sizes, entering, graph.parameters, own)
        if graph.system is None
        else OwnNames(notation, graph.root, spec.names)
    )
    if spec.names:
        _check_alike(spec, graph, names)
    return names


def _joined_name(graph: Graph, notation: Notation) -> dict[str, str]:
    """Return the name of the loss with the penalty, where it is not that of a batch: the loss with an index."""
    if graph.learns_from_batch or graph.penalty_row is None:
        return {}
    loss = notation.loss if len(graph.outputs) > 1 else notation.single_loss
    return {BATCH: f"{loss.partition('_')[0]}_reg"}


def _check_alike(spec: Spec, graph: Graph, names: Names) -> None:
    """Refuse symbols of the spec that another quantity has too, by its own name or by the notation."""
    every = (*graph.quantities, *(delta_id(pre) for layer in graph.layers for pre in layer.pre_activations))
    owners: dict[Symbol, list[str]] = {}
    for name in every:
        owners.setdefault(names(name), []).append(name)
    problems = [
        Problem(("names", name), show(text), f"a symbol that {listed(others)} does not have")
        for name, text in spec.names.items()
        if (others := [other for other in owners.get(names(name), ()) if other != name])
    ]
    if problems:
        raise SpecError(problems)


def values_of(spec: Spec, templates: Templates = BUILT_IN) -> Values:
    """Return the numbers of `spec` without a page around them: nothing is rounded on the way."""
    page, _ = _page(spec, "", "", templates)
    return Values(page.derivation, replace(page.values.policy, carry=Carry.EXACT))


def names_of(spec: Spec, graph: Graph, templates: Templates = BUILT_IN, notation: str = "") -> Names:
    """Return the symbols with which the page of `spec` is written, in its own notation or in another."""
    return _names(spec, graph, _notation(spec, _own_style(spec, templates), notation, templates))


def names_in_every_notation(spec: Spec, graph: Graph, templates: Templates = BUILT_IN) -> Iterator[Names]:
    """Yield the symbols of `spec` in each notation that has letters for all of its layers."""
    style = _own_style(spec, templates)
    for notation in resources.notations(templates):
        with suppress(SpecError):
            yield _names(spec, graph, _notation(spec, style, notation, templates))


def _own_style(spec: Spec, templates: Templates) -> Style:
    return load_style(spec.style.name if spec.style else DEFAULT_STYLE, spec.language, {}, templates)
