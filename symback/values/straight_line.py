"""Float64 beside the exact numbers: the forward and backward pass of a network as generated straight-line Python.

The generated code holds nothing but variables named ``v0``, ``v1``, … , float literals, arithmetic and `math`
functions; no text of a spec ever reaches it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

from symback.derive.derivation import Derivation
from symback.written import nodes
from symback.written.nodes import Name, Partial, Written, partial_key

Pass: TypeAlias = Callable[[Sequence[float]], list[float]]


def compile_pass(derivation: Derivation, given: Sequence[str], wanted: Sequence[str]) -> Pass:
    """Return a function from the numbers of `given` to those of `wanted` (keys of the derivation), all float64."""
    code = Code(derivation, {key: f"v{place}" for place, key in enumerate(given)})
    for key in wanted:
        code.find(key)
    results = ", ".join(code.variable[key] for key in wanted)
    arguments = ", ".join(code.variable[key] for key in given)
    source = "\n    ".join(["def run(numbers):", f"{arguments}, = numbers", *code.lines, f"return [{results}]"])
    space: dict[str, Pass] = {}
    exec(compile(source, "<straight line>", "exec"), {"__builtins__": {}, **_FUNCTIONS}, space)
    return space["run"]


def reverse_mode(
    derivation: Derivation, given: Mapping[str, nodes.Number], parameters: Sequence[str], root: str = ""
) -> Mapping[str, float]:
    """Return the gradient of a root by each of `parameters` in float64, for the given numbers.

    An unknown number is taken to be 1: the gradients asked for are those that do not depend on it. Where the numbers
    leave what float64 can hold, all are ``nan``.
    """
    quantities = derivation.graph.quantities.items()
    numbers = {name: 1.0 for name, quantity in quantities if quantity.definition is None}
    numbers |= {name: float(number.value) for name, number in given.items()}
    keys = [partial_key(root or derivation.root, parameter) for parameter in parameters]
    try:
        found = compile_pass(derivation, tuple(numbers), keys)(list(numbers.values()))
    except (OverflowError, ValueError, ZeroDivisionError):
        found = [math.nan] * len(keys)
    return dict(zip(parameters, found, strict=True))


class Code:
    """Lines of straight-line code, one per key, each written once; what equals a variable or a number needs none.

    Parameters
    ----------
    derivation : Derivation
        Says how each key is found.
    variable : dict of str to str
        The variables that are there already, by key; more are added.
    """

    def __init__(self, derivation: Derivation, variable: dict[str, str]) -> None:
        self.derivation = derivation
        self.variable = variable
        self.lines: list[str] = []

    def find(self, key: str) -> str:
        """Return the variable or number that `key` is, after the lines that it takes."""
        if key not in self.variable:
            form = self.form(key)
            expression = self.write(form)
            self.variable[key] = (
                expression if isinstance(form, Name | Partial | nodes.Number) else self.assign(key, expression)
            )
        return self.variable[key]

    def form(self, key: str) -> Written:
        """Return the form by which `key` is found."""
        step = self.derivation[key]
        return next(step.forms[name] for name in _FORMS if name in step.forms)

    def assign(self, key: str, expression: str) -> str:
        """Write the line that finds `key`, and return its variable."""
        variable = f"v{len(self.variable)}"
        self.lines.append(f"{variable} = {expression}")
        return variable

    def write(self, node: Written) -> str:
        """Return a form as an expression over the variables of what it uses."""
        return _WRITERS[type(node)](self, node)

    def _leaf(self, node: Name | Partial) -> str:
        return self.find(node.key)

    def _number(self, node: nodes.Number) -> str:
        return repr(float(node.value)) if node.value >= 0 else f"({float(node.value)!r})"

    def _constant(self, node: nodes.Constant) -> str:
        return repr({"e": math.e, "pi": math.pi}[node.name])

    def _sum(self, node: nodes.Sum) -> str:
        first, *others = node.terms
        return f"({self.write(first)}{''.join(map(self._later_term, others))})"

    def _later_term(self, node: Written) -> str:
        if isinstance(node, nodes.Negative):
            return f" - {self.write(node.operand)}"
        return f" + {self.write(node)}"

    def _negative(self, node: nodes.Negative) -> str:
        return f"(-{self.write(node.operand)})"

    def _product(self, node: nodes.Product) -> str:
        return f"({' * '.join(map(self.write, node.factors))})"

    def _quotient(self, node: nodes.Quotient) -> str:
        return f"({self.write(node.numerator)} / {self.write(node.denominator)})"

    def _power(self, node: nodes.Power) -> str:
        if node.base == nodes.Constant("e"):
            return f"exp({self.write(node.exponent)})"
        return f"({self.write(node.base)} ** {self.write(node.exponent)})"

    def _group(self, node: nodes.Group) -> str:
        return self.write(node.body)

    def _call(self, node: nodes.Call) -> str:
        arguments = tuple(map(self.write, node.arguments))
        if node.function == "max" and all(isinstance(argument, Name | nodes.Number) for argument in node.arguments):
            return reduce(lambda most, other: f"({other} if {other} > {most} else {most})", arguments)
        return f"{_CALLS[str(node.function)]}({', '.join(arguments)})"

    def _cases(self, node: nodes.Cases) -> str:
        text = "nan"
        for branch, condition in reversed(node.branches):
            if not isinstance(condition, nodes.Relation):  # "otherwise"
                text = self.write(branch)
                continue
            links = (f"{_COMPARISONS[sign]} {self.write(side)}" for sign, side in condition.links)
            test = " ".join((self.write(condition.first), *links))
            text = f"({self.write(branch)} if {test} else {text})"
        return text


def _exp(exponent: float) -> float:
    """Return e to the exponent, infinite where float64 ends, so that a saturated sigmoid is 0."""
    return math.exp(exponent) if exponent < _LARGEST_EXPONENT else math.inf


def _sign(number: float) -> float:
    return math.copysign(1.0, number) if number else 0.0


_LARGEST_EXPONENT = 709.0
_FORMS = ("output", "input", "closed", "delta", "chain", "sum", "rule", "definition")
_FUNCTIONS = {"nan": math.nan, "max": max, "min": min, "abs": abs, "exp": _exp, "sgn": _sign} | {
    name: getattr(math, name) for name in ("log", "sqrt", "tanh", "sin", "cos")
}
_CALLS = {name: name for name in _FUNCTIONS} | {"ln": "log"}
_COMPARISONS = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "=": "==", "≠": "!="}
_WRITERS: Mapping[type[Written], Callable[..., str]] = {
    nodes.Name: Code._leaf,
    nodes.Partial: Code._leaf,
    nodes.Number: Code._number,
    nodes.Constant: Code._constant,
    nodes.Sum: Code._sum,
    nodes.Negative: Code._negative,
    nodes.Product: Code._product,
    nodes.Quotient: Code._quotient,
    nodes.Power: Code._power,
    nodes.Group: Code._group,
    nodes.Call: Code._call,
    nodes.Cases: Code._cases,
}
