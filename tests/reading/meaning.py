"""What a side of a formula is worth: a walk over the syntax tree of its Python spelling, in 50 digits, without `eval`."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from mpmath import mp, mpf

from tests.reading import arithmetic
from tests.reading.arithmetic import Value
from tests.reading.functions import ACTIVATIONS

DIGITS = 50


class Meaningless(ValueError):
    """The spelling is none of those that a side may have, or speaks of a name without a value."""


@dataclass(frozen=True, slots=True)
class Point:
    """Values of the names of a formula, and of the derivatives between them, which count as names of their own."""

    names: Mapping[str, Value]
    derivatives: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    """The function, as keyed in `ACTIVATIONS`, that each name of a function stands for."""


def value(side: str, point: Point) -> Value:
    """Return the value of a side at a point; it has no more than 50 digits, and decimals are taken as spelled."""
    with mp.workdps(DIGITS):
        return _Walk(side, point, {}).of(ast.parse(side, mode="eval").body)


OPERATORS: Mapping[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: lambda a, b: arithmetic.entrywise(operator.add, a, b),
    ast.Sub: lambda a, b: arithmetic.entrywise(operator.sub, a, b),
    ast.Mult: arithmetic.times,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[mpf, mpf], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
}
ENTRYWISE: Mapping[str, Callable[[mpf], mpf]] = {"exp": mp.exp, "log": mp.log, "tanh": mp.tanh}
OF_VALUES: Mapping[str, Callable[..., Value]] = {
    "sqrt": mp.sqrt,
    "abs": abs,
    "max": max,
    "norm": arithmetic.norm,
    "transpose": arithmetic.transpose,
    "matmul": arithmetic.matmul,
    "hadamard": arithmetic.hadamard,
    "outer": arithmetic.outer,
    "entry": lambda vector, place: arithmetic.as_vector(vector)[int(place) - 1],
    "softmax": lambda vector: [mp.exp(entry) / mp.fsum(map(mp.exp, vector)) for entry in vector],
}


@dataclass(frozen=True, slots=True)
class _Walk:
    source: str
    point: Point
    indices: Mapping[str, int]
    """The number that each running index of a sum has at the moment."""

    def of(self, node: ast.expr) -> Value:
        """Return the value of a node."""
        match node:
            case ast.Constant(value=bool()):
                return node.value
            case ast.Constant(value=int() | float()):
                return mpf(ast.get_source_segment(self.source, node))
            case ast.Name():
                return self.named(node.id)
            case ast.List():
                return [self.of(entry) for entry in node.elts]
            case ast.UnaryOp(op=ast.USub()):
                return arithmetic.each(operator.neg, self.of(node.operand))
            case ast.BinOp(op=ast.Div() | ast.Pow()):
                return self.divided_or_raised(node)
            case ast.BinOp() if type(node.op) in OPERATORS:
                return OPERATORS[type(node.op)](self.of(node.left), self.of(node.right))
            case ast.Compare(ops=[comparison]) if type(comparison) in COMPARISONS:
                return COMPARISONS[type(comparison)](self.of(node.left), self.of(node.comparators[0]))
            case ast.Call(func=ast.Name(id=function), keywords=[]):
                return self.called(function, node.args)
        raise Meaningless(f"no side may hold {ast.unparse(node)}")

    def named(self, key: str) -> Value:
        if key not in self.point.names:
            raise Meaningless(f"nothing is named {key}")
        return self.point.names[key]

    def divided_or_raised(self, node: ast.BinOp) -> Value:
        left, right = self.of(node.left), self.of(node.right)
        if not arithmetic.is_scalar(right):
            raise Meaningless("a vector below a fraction line or as an exponent")
        if isinstance(node.op, ast.Div):
            return arithmetic.each(lambda entry: entry / right, left)
        exponent = int(right) if right == int(right) else right
        return arithmetic.each(lambda entry: entry**exponent, left)

    def called(self, function: str, arguments: list[ast.expr]) -> Value:
        match function, arguments:
            case "D", [ast.Constant(value=str(of)), ast.Constant(value=str(by))]:
                if (of, by) not in self.point.derivatives:
                    raise Meaningless(f"the derivative of {of} by {by} has no value")
                return self.point.derivatives[of, by]
            case "prime", [ast.Constant(value=str(name)), argument]:
                return arithmetic.each(self.activation(name).derivative, self.of(argument))
            case "differentiate", [expression, ast.Constant(value=str(by))]:
                return mp.diff(lambda x: self.moved(by, x).of(expression), self.named(by))
            case "indicator", [condition]:
                return mpf(1) if self.of(condition) else mpf(0)
            case "cases", [ast.List(elts=pairs)]:
                return self.first_case(pairs)
            case "sum_over", [ast.Name(id=index), low, high, term]:
                terms = [self.at(index, k).of(term) for k in range(int(self.of(low)), int(self.of(high)) + 1)]
                return reduce(OPERATORS[ast.Add], terms)
            case "name", [ast.Constant(value=str(pattern))]:
                return self.named(pattern.format(**self.indices))
            case _ if function in ENTRYWISE and len(arguments) == 1:
                return arithmetic.each(ENTRYWISE[function], self.of(arguments[0]))
            case _ if function in OF_VALUES:
                return OF_VALUES[function](*map(self.of, arguments))
            case _ if function in self.point.functions and len(arguments) == 1:
                return arithmetic.each(self.activation(function).value, self.of(arguments[0]))
        raise Meaningless(f"no function {function} of {len(arguments)} arguments")

    def activation(self, name: str):
        if name not in self.point.functions:
            raise Meaningless(f"no function is named {name}")
        return ACTIVATIONS[self.point.functions[name]]

    def first_case(self, pairs: list[ast.expr]) -> Value:
        for pair in pairs:
            match pair:
                case ast.Tuple(elts=[result, condition]):
                    if self.of(condition):
                        return self.of(result)
                case _:
                    raise Meaningless("a case is a value and a condition")
        raise Meaningless("no case applies")

    def at(self, index: str, number: int) -> _Walk:
        return replace(self, indices={**self.indices, index: number})

    def moved(self, key: str, to: mpf) -> _Walk:
        return replace(self, point=replace(self.point, names={**self.point.names, key: to}))
