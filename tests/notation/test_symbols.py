"""Every notation tells all quantities of every network apart, and counts and labels them as it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from symback import resources
from symback.notation.names import Names
from symback.notation.notation import load_notation
from symback.written.latex import LatexPrinter
from symback.written.nodes import Symbol
from tests.notation.networks import NETWORKS, Network, arrays, quantities


def names_of(notation: str, network: Network) -> Names:
    return Names(load_notation(notation), network.sizes, network.sources, network.parameters)


def printed(names: Names, symbol: Symbol) -> str:
    return LatexPrinter(names).print(symbol)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("notation", resources.notations())
def test_no_two_quantities_print_alike(notation: str, network: str):
    chosen = NETWORKS[network]
    names = names_of(notation, chosen)
    owners: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in quantities(chosen):
        owners[printed(names, names(name))].add((name,))
    for symbol, members in arrays(chosen, names):
        owners[printed(names, symbol)].add(members)
    assert {ink: found for ink, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("notation", resources.notations())
def test_quantities_are_told_apart_without_bold_letters(notation: str, network: str):
    chosen = NETWORKS[network]
    names = names_of(notation, chosen)
    owners: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in quantities(chosen):
        owners[printed(names, replace(names(name), bold=False))].add((name,))
    for symbol, members in arrays(chosen, names):
        owners[printed(names, replace(symbol, bold=False))].add(members)
    assert {ink: found for ink, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("notation", resources.notations())
def test_a_new_value_and_a_sample_have_marks_of_their_own(notation: str):
    chosen = NETWORKS["two, two, two"]
    names = names_of(notation, chosen)
    marked = [f"{name}{mark}" for name in chosen.parameters for mark in ("", "+")] if names.mark else []
    sampled = [f"a.{layer}.{neuron}{at}" for layer in (1, 2) for neuron in (1, 2) for at in ("", "@1", "@2")]
    inks = [printed(names, names(name)) for name in (*marked, *sampled)]
    assert len(set(inks)) == len(inks)


SYMBOLS = {
    "net-out": {
        "w.1.1.1": "w_1",
        "w.1.2.2": "w_4",
        "w.2.1.1": "w_5",
        "w.2.2.2": "w_8",
        "w.2.1.1+": "w_5^{+}",
        "b.1": "b_1",
        "b.2": "b_2",
        "x.2": "i_2",
        "t.1": r"\mathit{target}_{o1}",
        "z.1.1": r"\mathit{net}_{h1}",
        "a.1.1": r"\mathit{out}_{h1}",
        "z.2.1": r"\mathit{net}_{o1}",
        "a.2.2": r"\mathit{out}_{o2}",
        "loss": r"E_{\mathrm{total}}",
        "loss.1": "E_{o1}",
        "delta.2.1": r"\delta_{o1}",
        "learning_rate": r"\eta",
    },
    "square-brackets": {
        "w.2.1.2": "w_{12}^{[2]}",
        "z.1.1": "z_1^{[1]}",
        "a.1.1": "a_1^{[1]}",
        "a.1.1@2": "a_1^{[1](2)}",
        "loss": "L",
        "batch": "J",
    },
    "from-to": {
        "w.1.1.1": "w_{13}",
        "w.1.2.2": "w_{24}",
        "w.2.2.1": "w_{36}",
        "b.1": r"\theta_{3,4}",
        "z.2.1": "I_5",
        "a.1.2": "O_4",
        "t.2": "T_6",
        "delta.2.2": r"\delta_6",
    },
    "theta": {
        "w.1.1.0": r"\Theta_{10}^{(1)}",
        "w.2.2.1": r"\Theta_{21}^{(2)}",
        "b.1.1": r"\Theta_{10}^{(1)}",
        "z.1.1": "z_1^{(2)}",
        "a.1.0": "a_0^{(2)}",
        "x.0": "x_0",
        "a.2.1": r"h_{\Theta1}",
        "loss": "J",
        "learning_rate": r"\alpha",
    },
    "short": {"w.1.1.1": "w_1", "w.2.1.1": "w_5", "b.2": "b_2", "z.2.1": "z_3", "a.1.2": "a_2", "x.1": "x_1"},
}
"""What a network of two inputs, two hidden neurons and two outputs has for symbols; its biases are shared."""


@pytest.mark.parametrize("notation", SYMBOLS)
def test_symbols_are_those_that_are_meant(notation: str):
    names = names_of(notation, NETWORKS["shared biases"])
    assert {name: printed(names, names(name)) for name in SYMBOLS[notation]} == SYMBOLS[notation]


def test_the_only_one_of_its_kind_is_not_counted():
    names = names_of("short", NETWORKS["one neuron"])
    found = [printed(names, names(name)) for name in ("w.1.1.1", "b.1.1", "x.1", "z.1.1", "a.1.1", "t.1", "loss")]
    assert found == ["w", "b", "x", "z", "a", "y", "L"]


def test_a_skip_connection_comes_from_where_it_comes_from():
    names = names_of("from-to", NETWORKS["skip"])
    weights = ("w.2.1.1", "w.2.1.2", "w.2.1.3", "w.2.1.4")
    assert [printed(names, names(name)) for name in weights] == ["w_{15}", "w_{25}", "w_{35}", "w_{45}"]


@pytest.mark.parametrize("notation", resources.notations())
def test_rules_have_letters_that_stand_for_numbers(notation: str):
    """A weight in a rule names both neurons; a counted one, like ``w_5``, has indices there instead."""
    names = names_of(notation, NETWORKS["two, two, two"])
    for layer in (1, 2):
        around = names.general_neuron(layer, Symbol("r"), Symbol("s"))
        assert {"r", "s"} <= letters(around.weight)
        assert "r" in letters(around.activation) & letters(around.pre_activation) & letters(around.delta)
        assert "r" in letters(around.bias)
        assert "s" in letters(around.source)


def letters(symbol: Symbol) -> set[str]:
    inner = [item for item in (*symbol.subscript, *symbol.superscript) if isinstance(item, Symbol)]
    return {symbol.base}.union(*map(letters, inner))
