"""Numbered rules with letters for indices, one example for each, and the update in three lines."""

from __future__ import annotations

from collections.abc import Iterator

from symback.derive.applied import applied
from symback.derive.step import Rule as Reason
from symback.document import general_rules
from symback.document.arrange import members
from symback.document.blocks import Block, Display, Paragraph
from symback.document.builders.joint import closed_form
from symback.document.builders.penalty import gradient as penalised_gradient
from symback.document.general_rules import gradient, indices
from symback.document.page import Page, Scope
from symback.document.working import Side, chain, in_numbers, linked, sides, sign
from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, Role
from symback.notation.names import GeneralNeuron
from symback.rules.activations import OUTPUT, Activation, output_form
from symback.values.following import substituted
from symback.written.nodes import (
    NEW,
    Annotation,
    Name,
    Negative,
    Partial,
    Product,
    Relation,
    Sequence,
    Sum,
    Text,
    Written,
)
from symback.written.substitute import leaves, replace_parts, substitute

_RULES = {
    "rule-output-error": general_rules.output_error,
    "rule-hidden-error": general_rules.hidden_error,
    "rule-weight": general_rules.weight_gradient,
    "rule-bias": general_rules.bias_gradient,
    "rule-hidden-weight": general_rules.weight_gradient,
    "rule-hidden-bias": general_rules.bias_gradient,
    "rule-joined-error": general_rules.joined_error,
}
"""Each rule by the name under which a page remembers its number."""


def rule(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield a general rule with its number; braces say what a function gives, and which rule a factor comes from."""
    layer = scope.here
    leading = layer.number + 1 if of == "rule-hidden-error" else layer.number
    letters = indices(page, leading)
    found = _RULES[of](page, layer, *letters)
    around = page.names.general_neuron(leading, *letters)
    tree = replace_parts(found.tree, tuple(_braces(page, around, leading)))
    yield Display((Relation(found.target, ((":=", tree),)),), tag=str(page.number(of)))


def joined_errors(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of a layer by its pre-activations: an example, all of them, and what they simplify to."""
    layer = scope.here
    combined = general_rules.combined_error(page, layer, *indices(page, layer.number))
    if combined is not None:
        found = general_rules.joined_error(page, layer, *indices(page, layer.number))
        yield Paragraph(page.phrases("joined-closed"))
        yield from closed_form(page, scope)
        yield Paragraph(page.phrases("joined-in-general"))
        yield Display((Relation(found.target, (("=", combined),)),))
    target = Partial("loss", layer.pre_activations[0])
    if all(map(page.values.knows, (target.key, *leaves(page.derivation[target.key].forms["chain"])))):
        yield Display((chain(page, target, ["combined" if combined is not None else "chain", "numbers", "value"]),))
        yield Display((chain(page, members(page, scope, "gradient.pre-activation"), ["value"]),))


def _braces(page: Page, to: GeneralNeuron, layer: int) -> Iterator[tuple[Written, Written]]:
    """Yield factors of the rules around a neuron, each with what is written in its place."""
    if "rule-joined-error" in page.numbered:
        error = gradient(page, to.pre_activation)
        yield error, Annotation(error, Text(f"({page.numbered['rule-joined-error']})"))
    found = "rule-output-error" if layer == len(page.graph.layers) else "rule-hidden-error"
    if found in page.numbered:
        error = gradient(page, to.activation)
        yield error, Annotation(error, Text(f"({page.numbered[found]})"))
    else:
        value = general_rules.applied(to.pre_activation)
        yield value, Annotation(value, to.activation)
    if to.source_pre_activation is not None:
        value = general_rules.applied(to.source_pre_activation)
        yield value, Annotation(value, to.source)


def example(page: Page, scope: Scope, of: str, stacked: bool = False) -> Iterator[Block]:
    """Yield one member of a family worked in numbers, or in symbols where numbers are not known."""
    target = _chosen(page, scope, of)
    quantity = page.graph.quantities[target.by]
    if quantity.role is Role.WEIGHT:
        yield Paragraph(page.phrases("example-weight", weight=Name(quantity.id)))
    else:
        yield Paragraph(page.phrases("example-neuron", neuron=page.names.label(quantity.layer, quantity.neuron)))
    yield Display((linked(page, target, _worked(page, target)),), stacked=stacked)
    page.explained.add(target.key)


def worked(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by a parameter in numbers, or in symbols where numbers are not known."""
    target = Partial("loss", scope.parameter)
    yield Display((linked(page, target, [Side(_shown(page, target)), *_worked(page, target)]),), stacked=True)


def worked_errors(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients by all activations of a layer in the same way."""
    for post in scope.here.activations:
        target = Partial("loss", post)
        yield Display((linked(page, target, [Side(_shown(page, target)), *_worked(page, target)]),), stacked=True)


def _shown(page: Page, target: Partial) -> Written:
    forms = page.derivation[target.key].forms
    return forms["closed"] if "closed" in forms else _by_name(page, forms["chain"])


def all_errors(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of a whole layer by its activations, if they are more than the example and all known."""
    target = members(page, scope, "gradient.activation")
    keys = leaves(target)
    if len(keys) > 1 and all(map(page.values.knows, keys)):
        yield Paragraph(page.phrases("all-errors"))
        yield Display((chain(page, target, ["value"]),))
        page.explained.update(keys)


def hidden_weights(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield in words how the rule for weights is read in a hidden layer."""
    layers = len(page.graph.layers)
    first, output = (page.names.general_neuron(layer, *indices(page, layer)) for layer in (1, layers))
    assert output.source_pre_activation is not None
    yield Paragraph(
        page.phrases(
            "hidden-weight" if layers == 2 else "hidden-weights",
            rule=str(page.numbered["rule-weight"]),
            step=str(page.numbered["step-hidden-error"]),
            input=first.source,
            entering=general_rules.applied(output.source_pre_activation),
        )
    )


def penalised_example(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by the weight that was the example before with what the penalty adds to it."""
    parameter = _chosen(page, scope, "gradient.weight").by
    if page.graph.learns_from_batch:
        yield Paragraph(page.phrases("batch-gradient", weight=Name(parameter)))
    yield from penalised_gradient(page, scope.at(parameter=parameter))


def update(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the new value of the weight that was the example before: rule, numbers, result."""
    parameter = _chosen(page, scope, "gradient.weight").by
    learned = Partial(page.graph.learned_root, parameter)
    if learned.of == BATCH and page.graph.penalty_row is None:
        yield Paragraph(page.phrases("batch-gradient", weight=Name(parameter)))
        yield Display((chain(page, learned, ["sum", "numbers", "value"]),))
    rate = Relation(Name(LEARNING_RATE), ((":=", page.graph.given[LEARNING_RATE]),))
    yield Paragraph(page.phrases("example-update", weight=Name(parameter), rate=rate))
    rule = Sum((Name(parameter), Negative(Product((Name(LEARNING_RATE), learned)))))
    yield Display((_assigned(page, Name(parameter + NEW), rule),), stacked=True)


def _assigned(page: Page, target: Name, rule: Written) -> Relation:
    """Return the chain of a new value, with the notation's sign of an update wherever nothing is rounded."""
    links: list[tuple[str, Written]] = []
    before: Side | None = None
    for side in sides(page, target, [rule, "numbers", "value"]):
        found = sign(page, side, before)
        links.append((page.names.notation.update if found == "=" else found, side.tree))
        before = side
    return Relation(target, tuple(links))


def _chosen(page: Page, scope: Scope, of: str) -> Partial:
    """Return the first member of a family of gradients whose numbers are all known, or else the first."""
    found = [leaf for row in members(page, scope, of).rows for leaf in row if isinstance(leaf, Partial)]
    return next((target for target in found if _is_known(page, target)), found[0])


def _is_known(page: Page, target: Partial) -> bool:
    return all(map(page.values.knows, (*leaves(page.values.form(page.derivation[target.key])), target.by)))


def _worked(page: Page, target: Partial) -> list[Side]:
    """Return a gradient with numbers in place and its value; without them, in symbols."""
    step = page.derivation[target.key]
    if step.rule is Reason.LOSS:
        symbolic, *numeric = sides(page, target, ["closed", "numbers", "value"])
        return numeric or [symbolic]
    shown = _by_name(page, step.forms["chain"])
    if _look_alike(page, shown):
        numbers = substituted(page.values, _by_output(page, step.forms["chain"]), target)
    else:
        numbers = substituted(page.values, step.forms["applied"], target, shown)
    numeric = [in_numbers(page, numbers)] if numbers is not None else []
    return [*numeric, *sides(page, target, ["value"])] or [Side(shown)]


def _look_alike(page: Page, shown: Written) -> bool:
    """Say whether one number in brackets would stand for pre-activations with several activation functions."""
    functions: dict[str, set[Activation | None]] = {}
    for name, number in page.values.known(leaves(shown)).items():
        quantity = page.graph.quantities.get(name)
        if quantity is not None and quantity.role is Role.PRE_ACTIVATION:
            found = functions.setdefault(number.number.text, set())
            found.update(page.graph.quantities[post].function for post in page.graph.children[name])
    return any(len(found) > 1 for found in functions.values())


def _by_output(page: Page, chain: Written) -> Written:
    """Return a chain with activations as numbers of their own, and derivatives as formulas in them or in numbers."""

    def derivative(partial: Partial) -> Written:
        row = page.graph.quantities[partial.of].function
        form = output_form(row) if row is not None else None
        forms = page.derivation[partial.key].forms
        return forms["input"] if form is None else substitute(form, {OUTPUT: Name(partial.of)})

    return _in_brackets(applied(page.graph, chain, Name, derivative))


def _by_name(page: Page, chain: Written) -> Written:
    """Return a chain with activation functions by their name, and brackets around each path of several."""

    def function(activation: str) -> Written:
        return general_rules.applied(Name(page.graph.quantities[activation].parents[0]))

    def derivative(partial: Partial) -> Written:
        if page.graph.quantities[partial.of].is_joint:
            return partial
        row = page.graph.quantities[partial.of].function
        form = output_form(row) if row is not None else None
        if form is None:
            return general_rules.applied(Name(partial.by), primes=1)
        return substitute(form, {OUTPUT: function(partial.of)})

    return _in_brackets(applied(page.graph, chain, function, derivative))


def _in_brackets(tree: Written) -> Written:
    """Return a sum with brackets around each of its paths."""
    return Sum(tuple(Sequence((term,)) for term in tree.terms)) if isinstance(tree, Sum) else tree
