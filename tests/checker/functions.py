"""Functions that a page defines: ``f(x) = …``, and derivatives of them."""

from __future__ import annotations

from fractions import Fraction

from tests.checker.arithmetic import Evaluator, Unknown, nothing, same
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.tree import Call, Formal, Name, Node, names, walk

SAMPLE_POINTS = (Fraction(1, 3), Fraction(-2, 7), Fraction(5, 2))


def is_function(judge: Judge, chain: Chain) -> bool:
    """Note a definition ``f(x) = …`` and say whether the chain is one."""
    left = chain.sides[0]
    if isinstance(left, Name) and left.of.endswith(")") and "(" in left.of:  # df(x)/dx
        function, parameter = left.of[:-1].split("(", 1)
        function, of_parameter = f"{function}'", parameter == left.by
    elif isinstance(left, Call) and len(left.arguments) == 1 and isinstance(left.arguments[0], Name):
        function, parameter, of_parameter = left.function + "'" * left.primes, left.arguments[0].key, True
    else:
        return False
    if not of_parameter or not (len(parameter) == 1 or parameter.startswith("\\")) or "_" in parameter:
        return False
    bodies = [side for side in chain.sides[1:] if {name.key for name in names(side)} <= {parameter}]
    bodies = [body for body in bodies if not any(isinstance(each, Formal) for each in walk(body))]
    if not bodies:
        return False
    if chain.titled:
        judge.knowledge.bodies[chain.titled] = (parameter, bodies[0])
        return True
    known = judge.knowledge.bodies.get(function, (parameter, bodies[0]))
    if not same_function(judge, known, (parameter, bodies[0])):
        judge.knowledge.ambiguous.add(function.rstrip("'"))
    judge.knowledge.bodies[function] = (parameter, bodies[0])
    return True


def same_function(judge: Judge, one: tuple[str, Node], two: tuple[str, Node]) -> bool:
    """Whether two bodies give the same values at a few points; a page may call different functions by one letter."""
    evaluator = Evaluator(nothing, {})
    try:
        return all(same(evaluator.apply_body(one, point), evaluator.apply_body(two, point)) for point in SAMPLE_POINTS)
    except Unknown:
        return one == two
