"""What a page says beside its loss: which logarithm, which convention, what its name and its factor stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from symback.document.blocks import Block, Paragraph
from symback.document.delta_rules import letters
from symback.document.page import Page, Scope
from symback.document.wording import Argument, arguments
from symback.graph.build import averaged
from symback.rules.losses import LOSSES, OUTPUT, TARGET, USUAL, Usual, value_forms
from symback.spec.exact import Share
from symback.written.nodes import IndexedSum, Name, Number, Written
from symback.written.substitute import substitute

_LOGARITHM = re.compile(r"\b(ln|log)\(")


def loss_remarks(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a paragraph for everything about the loss that its formula alone does not say."""
    for phrase, applies in _REMARKS.items():
        if applies(page):
            yield Paragraph(page.phrases(phrase, **arguments(page, scope), **_arguments(page)))


def _has_logarithm(page: Page) -> bool:
    """Say whether a logarithm stands in the loss or in an activation."""
    functions = (row.expression for layer in page.graph.layers for row in layer.functions)
    return any(map(_LOGARITHM.search, (page.graph.loss_row.stated, *functions)))


def _share(page: Page) -> Share | None:
    """Return the factor of the loss, where it is a share of the outputs."""
    factor = page.spec.loss.factor if page.spec.loss else None
    return factor if isinstance(factor, Share) else None


def _usual(page: Page) -> Usual | None:
    """Return the loss that the name of this page's loss stands for as a rule, where that is another one."""
    spec, outputs = page.spec, len(page.graph.outputs)
    usual = USUAL.get((spec.loss.name or "").upper()) if spec.loss else None
    if usual is None or spec.loss is None:
        return None
    here = spec.loss_factor / (outputs if page.graph.averages_outputs else 1)
    rule = usual.factor(outputs)
    return usual if here != rule or LOSSES[usual.kind].stated != LOSSES[spec.loss.kind].stated else None


_REMARKS: Mapping[str, Callable[[Page], bool]] = {
    "logarithms-are-natural": _has_logarithm,
    "loss-kink": lambda page: bool(page.graph.loss_row.kink),
    "one-hot-targets": lambda page: page.graph.loss_row.one_hot and len(page.graph.outputs) > 1,
    "factor-is-share": lambda page: _share(page) is not None,
    "name-of-loss": lambda page: _usual(page) is not None,
}
"""Phrases, each with the condition under which a page needs it."""


def _arguments(page: Page) -> dict[str, Argument]:
    found: dict[str, Argument] = {"output_count": str(len(page.graph.outputs)), "minus_one": Number("-1")}
    share, usual = _share(page), _usual(page)
    if share is not None:
        found |= {"factor": str(page.spec.loss_factor), "share": share.text}
    if usual is not None:
        found["usual"] = _usual_form(page, usual)
    return found


def _usual_form(page: Page, usual: Usual) -> Written:
    """Return what a name stands for, with a letter for the outputs where there are several."""
    outputs, letter = page.graph.outputs, letters(page).neuron
    general = page.names.general_neuron(len(page.graph.layers), letter, letter)
    single = len(outputs) == 1
    form = value_forms(LOSSES[usual.kind], usual.factor(1))["stated"]
    term = substitute(
        form,
        {
            OUTPUT: Name(outputs[0]) if single else general.activation,
            TARGET: Name(page.graph.targets[0]) if single else general.target,
        },
    )
    if single:
        return term
    return averaged(IndexedSum(term, letter), len(outputs)) if usual.averages else IndexedSum(term, letter)
