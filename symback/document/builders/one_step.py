"""One step with numbers: the error signals of the worked sample, the traced gradients, and their update."""

from __future__ import annotations

from collections.abc import Iterator

from symback.derive.delta import delta_id
from symback.document import trace
from symback.document.blocks import Block, Display, Paragraph
from symback.document.builders.tracing import traced_bias
from symback.document.page import Page, Scope
from symback.document.wording import listed
from symback.document.working import chain
from symback.values.following import substituted
from symback.values.interpret import chosen_case
from symback.written.nodes import NEW, Cases, Name, Partial, Product, Relation, Sum
from symback.written.substitute import leaves

NUMBERS = ("numbers", "value")


def sample_at_hand(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield inputs and targets of the worked sample once more."""
    given = (*page.graph.inputs, *page.graph.targets)
    values = tuple(Relation(Name(name), (("=", page.graph.given[name]),)) for name in given)
    yield Paragraph(page.phrases("sample-at-hand", values=listed(page, values)))


def traced_delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the error signal of the traced neuron with numbers, and the gradient by its bias, which it is.

    Along a single path one line is enough, where its digits give its result; otherwise every error signal between the
    loss and the traced neuron has a line of its own.
    """
    pre = scope.here.pre_activations[0]
    delta = Name(delta_id(pre))
    partials = tuple(Partial("loss", bias) for bias in traced_bias(page, scope))
    target = partials[0] if partials else delta
    form = trace.simplified(page, trace.factors(page, scope.parameter)[:-1])
    knows = page.values.knows(delta.key) and page.values.knows(pre)
    if knows and trace.is_single(page, scope.parameter):
        chosen = chosen_case(form, page.values.carried) if isinstance(form, Cases) else form
        if substituted(page.values, chosen, target) is not None:
            if isinstance(form, Cases):
                yield _case(page, form, pre)
            known_as = [delta] if partials else []
            yield Display((chain(page, target, [*known_as, chosen, *NUMBERS]),))
            return
    yield Paragraph(page.phrases("deltas-in-numbers"))
    for layer in reversed(page.graph.layers[scope.here.number :]):
        for name in layer.pre_activations:
            yield _worked_delta(page, name)
    yield _worked_delta(page, pre)
    for partial in partials:
        yield Display((chain(page, partial, ["delta", "value"]),))


def _case(page: Page, form: Cases, pre: str) -> Paragraph:
    """Return the remark which of the cases holds for the worked sample."""
    conditions = Cases(tuple((condition, condition) for _, condition in form.branches))
    condition = chosen_case(conditions, page.values.carried)
    number = Relation(Name(pre), (("=", page.values.number(pre)),))
    return Paragraph(page.phrases("case-that-holds", value=number, condition=condition))


def _worked_delta(page: Page, pre: str) -> Display:
    """Return an error signal worked out, after the derivative of its activation where that goes by its name in it.

    Where that derivative has cases, the pre-activation that decides between them stands first.
    """
    delta, local_derivatives = Name(delta_id(pre)), [Partial(post, pre) for post in page.graph.children[pre]]
    local = local_derivatives[0]
    direct = page.derivation[Partial("loss", pre).key].forms["direct"]
    before: list[Relation] = []
    by_activation = Partial("loss", local.of)
    if _has_long_sum(page, by_activation):
        slope = trace.local_form(page, local)
        shorter = Product((by_activation, local if isinstance(slope, Cases) else slope))
        if substituted(page.values, shorter, delta) is not None:
            before.append(chain(page, by_activation, ["delta", *NUMBERS]))
            direct = shorter
    for local in [each for each in local_derivatives if each.key in leaves(direct)]:
        if isinstance(page.derivation[local.key].forms["input"], Cases) and page.values.knows(pre):
            before.append(chain(page, Name(pre), ["value"]))
        before.append(chain(page, local, ["input", *NUMBERS]))
    return Display((*before, chain(page, delta, [direct, *NUMBERS])))


def _has_long_sum(page: Page, gradient: Partial) -> bool:
    """Say whether so many paths lead from a quantity to the loss that their sum needs lines of its own."""
    form = page.derivation[gradient.key].forms.get("delta")
    return isinstance(form, Sum) and len(form.terms) > trace.MOST_TERMS


def traced_gradient(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by the traced weight with numbers."""
    yield Display((chain(page, Partial("loss", scope.parameter), ["delta", *NUMBERS]),))


def traced_updates(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the new values of the traced bias and the traced weight."""
    for parameter in (*traced_bias(page, scope), scope.parameter):
        yield Display((chain(page, Name(parameter + NEW), ["rule", *NUMBERS]),))
