"""Trees as LaTeX, in the hand of one author or another, and in the language of `meaning`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tests.reading.trees import Tree

JUXTAPOSED = (" ", r"\,")
"""What stands between factors that have no sign between them; in front of a number a sign is needed all the same."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How one author writes products, brackets, fractions and functions."""

    product: str
    brackets: tuple[str, str]
    fraction: str
    half: str
    exponential: str
    logarithm: str
    indicator: str
    functions: Mapping[str, str]


def some_hand(random: Random) -> Hand:
    pick = random.choice
    return Hand(
        product=pick([" ", " ", r" \cdot ", r" \times ", r"\,"]),
        brackets=pick([("(", ")"), (r"\left(", r"\right)"), (r"\left[", r"\right]"), (r"\bigl(", r"\bigr)")]),
        fraction=pick([r"\frac", r"\frac", r"\dfrac"]),
        half=pick([r"\frac{1}{2}", r"\tfrac12", r"\tfrac{1}{2}", "0.5"]),
        exponential=pick(["e^{%s}", "e^{%s}", r"\exp(%s)"]),
        logarithm=pick([r"\ln", r"\log"]),
        indicator=pick([r"\mathbb{1}[%s > 0]", r"\mathbf{1}_{%s > 0}", r"\mathbb{1}_{\{%s > 0\}}"]),
        functions={
            "sigma": pick([r"\sigma", r"\sigma", r"\operatorname{sigmoid}"]),
            "tanh": r"\tanh",
            "relu": pick([r"\text{ReLU}", r"\operatorname{ReLU}", r"\mathrm{ReLU}"]),
        },
    )


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints trees in one hand; `spelling` gives the LaTeX of a name, running indices included."""

    hand: Hand
    spelling: Callable[[str], str]

    def latex(self, tree: Tree) -> str:
        hand = self.hand
        match tree.kind:
            case "number":
                return self.number(tree)
            case "name":
                return self.spelling(tree.word)
            case "sum":
                return self.sum(tree)
            case "product":
                return self.product(tree)
            case "negative":
                return "-" + self.guarded(tree.parts[0], "sum", "negative")
            case "quotient":
                above, below = map(self.latex, tree.parts)
                return f"{hand.fraction}{{{above}}}{{{below}}}"
            case "power":
                return self.base(tree.parts[0]) + f"^{tree.number}"
            case "applied":
                return self.applied(tree)
            case "primed":
                return self.function(tree.word) + "'" + self.argument(tree.parts[0])
            case "step":
                argument = self.latex(tree.parts[0])
                return cases("1", argument) if tree.word == "cases" else hand.indicator % argument
            case "rectified":
                argument = self.latex(tree.parts[0])
                return cases(argument, argument) if tree.word == "cases" else rf"\max(0, {argument})"
            case "running":
                pattern = self.guarded(tree.parts[0], "sum", "negative")
                return rf"\sum_{{{tree.word}=1}}^{{{len(tree.parts) - 1}}} {pattern}"
        raise ValueError(tree.kind)

    def number(self, tree: Tree) -> str:
        above, below = tree.number.numerator, tree.number.denominator
        if below == 1:
            return str(above)
        return self.hand.half if (above, below) == (1, 2) else rf"\frac{{{above}}}{{{below}}}"

    def sum(self, tree: Tree) -> str:
        written = ""
        for term in tree.parts:
            sign, inner = ("-", term.parts[0]) if term.kind == "negative" else ("+", term)
            text = self.guarded(inner, "sum", "negative", "running")
            written += f" {sign} {text}" if written else text if sign == "+" else f"-{text}"
        return written

    def product(self, tree: Tree) -> str:
        written = ""
        for factor in tree.parts:
            text = self.guarded(factor, "sum", "negative", "running", "step cases", "rectified cases")
            number_follows = factor.kind == "number" or text[:1].isdigit()
            sign = r" \cdot " if number_follows and self.hand.product in JUXTAPOSED else self.hand.product
            written = f"{written}{sign}{text}" if written else text
        return written

    def applied(self, tree: Tree) -> str:
        argument = tree.parts[0]
        if tree.word == "exp":
            return self.hand.exponential % self.latex(argument)
        return self.function(tree.word) + self.argument(argument)

    def function(self, key: str) -> str:
        return self.hand.logarithm if key == "ln" else self.hand.functions[key]

    def base(self, tree: Tree) -> str:
        plain = self.latex(tree)
        simple = tree.kind == "name" or (tree.kind == "number" and tree.number.denominator == 1)
        return plain if simple and "^" not in plain else self.bracketed(tree)

    def guarded(self, tree: Tree, *kinds: str) -> str:
        """Print within brackets if the node is one of `kinds`."""
        return self.bracketed(tree) if {tree.kind, f"{tree.kind} {tree.word}"} & set(kinds) else self.latex(tree)

    def bracketed(self, tree: Tree) -> str:
        opening, closing = ("(", ")") if tree.kind == "name" else self.hand.brackets
        return f"{opening}{self.latex(tree)}{closing}"

    def argument(self, tree: Tree) -> str:
        """Print within the brackets of a function, which are round in every hand."""
        opening, closing = ("(", ")") if tree.kind == "name" or "[" in self.hand.brackets[0] else self.hand.brackets
        return f"{opening}{self.latex(tree)}{closing}"


def cases(where_positive: str, argument: str) -> str:
    return rf"\begin{{cases}} {where_positive} & {argument} > 0 \\ 0 & {argument} \le 0 \end{{cases}}"


def python(tree: Tree) -> str:
    """Write a tree in the language that `meaning.value` reads; functions go by their keys."""
    parts = [python(part) for part in tree.parts]
    match tree.kind:
        case "number":
            return f"({tree.number.numerator}/{tree.number.denominator})"
        case "name":
            return tree.word
        case "sum" | "product":
            return "(" + {"sum": " + ", "product": "*"}[tree.kind].join(parts) + ")"
        case "negative":
            return f"(-{parts[0]})"
        case "quotient":
            return f"({parts[0]}/{parts[1]})"
        case "power":
            return f"({parts[0]}**{tree.number})"
        case "applied":
            return f"{ {'ln': 'log'}.get(tree.word, tree.word) }({parts[0]})"
        case "primed":
            return f'prime("{tree.word}", {parts[0]})'
        case "step":
            return f"indicator({parts[0]} > 0)"
        case "rectified":
            return f"max(0, {parts[0]})"
        case "running":
            return "(" + " + ".join(parts[1:]) + ")"
    raise ValueError(tree.kind)
