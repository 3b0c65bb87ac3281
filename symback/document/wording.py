"""The arguments that phrases may use: names and numbers of where the page stands."""

from __future__ import annotations

from symback.derive.delta import delta_id
from symback.document.blocks import Inline
from symback.document.page import Page, Scope
from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, PENALTY, PENALTY_FACTOR
from symback.rules.activations import ACTIVATIONS, INPUT, Activation, function_form
from symback.written.nodes import Call, Name, Number, Partial, Relation, Symbol, Text, Written
from symback.written.substitute import substitute

WORDS = ("Prediction", "Target")
"""Names in the forms of the losses that pages write as words."""

Argument = str | Written | Inline


def arguments(page: Page, scope: Scope) -> dict[str, Argument]:
    """Return every argument that a phrase may use in this scope."""
    found: dict[str, Argument] = {
        "number": str(scope.number),
        "loss": Name(page.graph.root),
        "loss_title": loss_title(page),
        "new_mark": page.phrases.words(f"new-mark-{page.names.notation.new}"),
        "input_letter": Symbol(page.names.notation.input_letter),
        "output_letter": Symbol(page.names.notation.output_letter),
        "parameter_count": str(len(page.graph.parameters)),
        "sample": str(page.graph.worked),
        "step": str(page.step),
        "sample_count": str(len(page.graph.samples)),
    }
    found |= {name.replace("-", "_"): str(number) for name, number in page.numbered.items()}
    if page.graph.targets:
        found["target"] = Name(page.graph.targets[0])
    if page.graph.system is not None:
        found["wanted"] = listed(page, tuple(Name(name) for name in page.system.wanted))
    if page.graph.penalty_row is not None:
        factor = Relation(Name(PENALTY_FACTOR), (("=", page.graph.given[PENALTY_FACTOR]),))
        found |= {"penalty": Name(PENALTY), "penalty_factor_is": factor, "learned_loss": Name(BATCH)}
    if page.spec.update is not None:
        rate, value = Name(LEARNING_RATE), page.graph.given[LEARNING_RATE]
        found |= {"rate": rate, "rate_value": value, "rate_is": Relation(rate, (("=", value),))}
    if scope.layer is not None:
        layer = scope.layer
        found |= {
            "layer": page.layer_name(layer.number),
            "layer_number": str(layer.number),
            "delta_vector": page.names.vector("delta", layer.number),
            "before": page.layer_name(layer.number - 1),
            "after": page.layer_name(min(layer.number + 1, len(page.graph.layers))),
            "activation": function_title(page, scope.row) if scope.row else activation_title(page, layer.number),
            "weight": Name(layer.first_weight),
            "pre": Name(layer.pre_activations[0]),
            "post": Name(layer.activations[0]),
            "delta": Name(delta_id(layer.pre_activations[0])),
            "kink_value": page.derivation.kinks.get(scope.function.name, Number(scope.function.at_kink)),
        }
        if layer.biases:
            found["bias"] = Name(layer.biases[0])
    if scope.asked:
        found["asked"] = listed(page, tuple(Name(name) for name in scope.asked))
    if scope.parameter:
        found |= {"parameter": Name(scope.parameter), "gradient": Partial(scope.root, scope.parameter)}
        if page.graph.system is not None:
            users = page.derivation.children(scope.root, scope.parameter)
            found["users"] = listed(page, tuple(Name(name) for name in users or (scope.root,)))
    return found


def listed(page: Page, items: tuple[Written, ...]) -> Inline:
    """Return items in a row, the last one behind "and"."""
    if len(items) == 1:
        return (items[0],)
    first = tuple(part for item in items[:-1] for part in (item, ", "))[:-1]
    return page.phrases("and", first=first, last=items[-1])


def activation_title(page: Page, layer: int) -> Inline:
    """Return the names of a layer's activations, one for all or one for each neuron."""
    rows = page.graph.layers[layer - 1].functions
    titles = [function_title(page, row) for row in (rows if len(set(rows)) > 1 else rows[:1])]
    return tuple(part for title in titles for part in (", ", *title))[1:]


def function_title(page: Page, row: Activation) -> Inline:
    """Return the name of an activation, or its formula where it has no name."""
    if row.name in ACTIVATIONS:
        return (row.title,)
    x = Symbol("x")
    formula = substitute(function_form(row), {INPUT: x})
    return (Relation(Call(function_symbol(page, row), (x,)), (("=", formula),)),)


def function_symbol(page: Page, row: Activation) -> str | Symbol:
    """Return the symbol of an activation, or the name of a function that everybody knows, such as ``tanh``.

    Several functions without a name are told apart by the first layer that has them, and where that has several
    functions by the neuron too.
    """
    form = function_form(row)
    if row.explained and isinstance(form, Call):
        return form.function
    base = page.names.notation.functions.get(row.name, row.symbol or row.title)
    return Symbol(base, _place(page, row) if row.name not in ACTIVATIONS else ())


def _place(page: Page, row: Activation) -> tuple[Written, ...]:
    """Return what tells a function without a name apart: nothing where there is no other."""
    layers = reversed(page.graph.layers)
    first = {other: layer for layer in layers for other in reversed(layer.functions)}
    if sum(other.name not in ACTIVATIONS for other in first) < 2:
        return ()
    layer = first[row]
    number = (Number(str(layer.number)),)
    if len(set(layer.functions)) == 1:
        return number
    return (*number, Text(","), Number(str(1 + layer.functions.index(row))))


def loss_title(page: Page) -> str:
    """Return the name of the loss in the page's language: a phrase for it, where the language has one."""
    row = page.graph.loss_row
    phrase = f"title-{row.name}"
    return page.phrases.words(phrase) if phrase in page.phrases else row.title


def in_words(page: Page, tree: Written) -> Written:
    """Return `tree` with words of the page's language for the names Prediction and Target."""
    return substitute(tree, {name: Text(page.phrases.words(f"word-{name.lower()}")) for name in WORDS})
