"""Functions that a page defines, ``f(x) = …`` or ``y = …`` in x alone, and their derivatives."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.checker.arithmetic import Evaluator, Slope, Unknown, nothing, same, scalar
from tests.checker.judge import Judge
from tests.checker.reading import Chain, Page
from tests.checker.tree import Call, Formal, Name, Node, names, numbers, walk

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
    if not of_parameter or not (parameter.isalpha() or parameter.startswith("\\")) or "_" in parameter:
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


def functions_by_letter(page: Page) -> dict[int, Chain]:
    """Return the definitions of functions ``y = …`` for ``∂y/∂x = …`` below them, by the place of either chain.

    Such letters stand for no quantity of the network: nothing else on the page speaks of them.
    """
    pairs = [(one, two) for one, two in pairwise(page.chains) if defines(one, two)]
    defining = {id(chain) for pair in pairs for chain in pair}
    elsewhere: set[str] = set()
    for chain in page.chains:
        if id(chain) not in defining:
            left = chain.sides[0]
            own = {each.text for each in left.arguments} if isinstance(left, Call) else set()
            elsewhere |= {name.key for side in chain.sides for name in names(side)} - own
    local = [(one, two) for one, two in pairs if not letters_of(two) & elsewhere]
    return {chain.places[0]: one for one, two in local for chain in (one, two)}


def letters_of(derivative: Chain) -> set[str]:
    left = derivative.sides[0]
    return {left.of, left.by} if isinstance(left, Name) else set()


def defines(one: Chain, two: Chain) -> bool:
    """Whether a chain ``y = …`` in x alone stands before one that begins with ``∂y/∂x``."""
    left, derivative = one.sides[0], two.sides[0]
    if one.section != two.section or not isinstance(left, Name) or not isinstance(derivative, Name):
        return False
    return (
        derivative.of == left.key
        and all({name.key for name in names(side)} <= {derivative.by} for side in one.sides[1:])
        and all({name.key for name in names(side)} <= {derivative.by, left.key} for side in two.sides[1:])
    )


def judge_by_letter(judge: Judge, chain: Chain, definition: Chain) -> None:
    """Judge a derivative by the slopes of the function above it; the function itself is a definition."""
    left = chain.sides[0]
    if chain is definition or not isinstance(left, Name):
        for place in chain.places:
            judge.note("definition", place)
        return
    body = definition.sides[1]
    for side, place in zip(chain.sides[1:], chain.places, strict=True):
        fits = [agreed for point in SAMPLE_POINTS if (agreed := is_slope(left, body, side, point)) is not None]
        if not fits:
            judge.note("symbolic", place)
        elif all(fits):
            judge.note("holds", place)
            for number in (*numbers(body), *numbers(side)):
                judge.report.pin(number, "derivative of a function")
        else:
            judge.note("fails", place, f"the derivative of {left.of} is not {side.text}")


def is_slope(derivative: Name, body: Node, side: Node, point: Fraction) -> bool | None:
    """Whether a side is the slope of a function's body at a point; None if that cannot be said."""
    evaluator = Evaluator(nothing, {})
    try:
        there = evaluator.apply_body((derivative.by, body), Slope(point, Fraction(1)))
        there = there if isinstance(there, Slope) else Slope(there, Fraction(0))
        values = {derivative.by: point, derivative.of: there.value}
        found = Evaluator(lambda key: values[key] if key in values else nothing(key), {}).value(side)
        return same(there.slope, scalar(found))
    except Unknown:
        return None
