"""Whether the equations of a spec make sense together, and whether what is said besides is about names in them.

Like the checks of shapes these look at data that need not be valid otherwise, so that all problems are said at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symback.notation.own_names import symbol_of
from symback.spec.equations import Equation, circle, in_order, read_equation
from symback.spec.problems import Path, Problem, RefusedError, nearest, show
from symback.spec.words import read_whole

OF_NETWORKS = ("network", "parameters", "data", "loss")
OF_EQUATIONS = ("equations", "values", "samples", "output", "by")
"""The keys of the two ways to say what is worked out; a spec has keys of one way only."""

EITHER = "either equations, or network, parameters, data and loss"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a spec: of its equations, of what has a number, of what changes with the sample, and all."""

    defined: frozenset[str]
    stated: tuple[str, ...]
    sampled: tuple[str, ...]
    used: frozenset[str]

    @property
    def free(self) -> frozenset[str]:
        """The names that no equation defines."""
        return (self.used | {*self.stated, *self.sampled}) - self.defined

    @property
    def all(self) -> frozenset[str]:
        """Every name."""
        return self.defined | self.free


def mixture_problems(value: Any) -> Iterator[Problem]:
    """Yield each key of a spec that belongs to the other of the two ways."""
    if not isinstance(value, Mapping):
        return
    if value.get("equations"):
        for key in OF_NETWORKS:
            if key in value:
                yield Problem((key,), f"{key} besides equations", EITHER, at_key=True)
        return
    for key in OF_EQUATIONS:
        if value.get(key):
            yield Problem((key,), f"{key} without equations", "equations, which it speaks of", at_key=True)
    if isinstance(value.get("update"), Mapping) and value["update"].get("parameters"):
        yield Problem(("update", "parameters"), "parameters of an update without equations", "no such key", at_key=True)


def equation_problems(spec: Any) -> Iterator[Problem]:
    """Yield each place where equations, or what is said of their names, do not fit together, in a spec valid or not."""
    listed_equations = _list(_get(spec, "equations"))
    if not listed_equations:
        return
    equations = dict(_readable(listed_equations))
    names = Names(
        frozenset(equation.name for equation in equations.values()),
        tuple(_keys(_get(spec, "values"))),
        tuple(dict.fromkeys(name for sample in _list(_get(spec, "samples")) or () for name in _keys(sample))),
        frozenset(name for equation in equations.values() for name in equation.uses),
    )
    yield from _twice(equations)
    has_numbers = bool(names.stated or names.sampled)
    if has_numbers:
        yield from _undefined(equations, listed_equations, names)
    yield from _circles(equations)
    yield from _values(spec, names, len(equations) == len(listed_equations))
    output = _output(spec, equations)
    yield from _given(_get(spec, "given"), names, output)
    if len(equations) == len(listed_equations):
        yield from _wanted(spec, equations, names, output)
    yield from _learned_from(_get(spec, "update"), len(_list(_get(spec, "samples")) or ()))
    yield from _known_names(spec, names, output)
    yield from _look_alike(names)


def _readable(texts: Any) -> Iterator[tuple[int, Equation]]:
    """Yield the equations that can be read, by their places; about the others all is said elsewhere."""
    for place, text in enumerate(texts):
        if isinstance(text, str):
            try:
                yield place, read_equation(text)
            except RefusedError:
                continue


def _twice(equations: Mapping[int, Equation]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for place, equation in equations.items():
        if equation.name in first:
            came = f"{show(equation.name)} a second time (first in equation {first[equation.name] + 1})"
            yield Problem(("equations", place), came, "one equation for each name")
        first.setdefault(equation.name, place)


def _undefined(equations: Mapping[int, Equation], texts: Any, names: Names) -> Iterator[Problem]:
    """Yield the names that have neither an equation nor a place under values or samples."""
    known = names.defined | {*names.stated, *names.sampled}
    reported: set[str] = set()
    for place, equation in equations.items():
        for name in equation.uses:
            if name not in known and name not in reported:
                reported.add(name)
                expected = "a name with an equation, or with a number under values (null if it is not known)"
                offset = _place_of(name, texts[place], equation.offset)
                yield Problem(("equations", place), show(name), expected, nearest(name, known), offset=offset)


def _place_of(name: str, text: str, start: int) -> int:
    """Return how many characters into an equation a name first stands as a whole word."""
    place = text.find(name, start)
    while place >= 0:
        around = text[max(place - 1, 0) : place] + text[place + len(name) : place + len(name) + 1]
        if not any(character.isalnum() or character == "_" for character in around):
            return place
        place = text.find(name, place + 1)
    return start


def _circles(equations: Mapping[int, Equation]) -> Iterator[Problem]:
    single = {equation.name: equation for equation in [*equations.values()][::-1]}
    _, waiting = in_order([equation for equation in equations.values() if single[equation.name] is equation])
    stuck = [equation for equation in waiting if any(used in {each.name for each in waiting} for used in equation.uses)]
    if not stuck:
        return
    ring = circle(waiting)
    place = next(place for place, equation in equations.items() if equation is ring[0])
    needs = [f"{one.name} needs {two.name}" for one, two in zip(ring, [*ring[1:], ring[0]], strict=True)]
    came = f"{show(ring[0].name)}, which needs itself ({', '.join(needs)})"
    yield Problem(("equations", place), came, "equations that can be worked out one after the other")


def _values(spec: Any, names: Names, is_whole: bool) -> Iterator[Problem]:
    """Yield numbers for names that are no free names of the equations, and names that not every sample has."""
    samples = _list(_get(spec, "samples")) or ()
    places: list[tuple[Path, Any]] = [(("values",), _get(spec, "values"))]
    places += [(("samples", place), sample) for place, sample in enumerate(samples)]
    for path, numbers in places:
        for name in _keys(numbers):
            if name in names.defined:
                expected = "a name that no equation defines (the value of an intermediate result stands under given)"
                yield Problem((*path, name), f"{show(name)}, which has an equation", expected, at_key=True)
            elif is_whole and name not in names.used:
                known = nearest(name, names.used - names.defined)
                yield Problem((*path, name), show(name), "a name that an equation uses", known, at_key=True)
            elif path[0] == "samples" and name in names.stated:
                came = f"{show(name)}, which has a number under values"
                yield Problem((*path, name), came, "each name in one of the two places", at_key=True)
    for place, sample in enumerate(samples):
        if isinstance(sample, Mapping):
            for name in names.sampled:
                if name not in sample:
                    expected = f"a number for {name}, as in the other samples (null if it is not known)"
                    yield Problem(("samples", place), f"a sample without {name}", expected)


def _output(spec: Any, equations: Mapping[int, Equation]) -> str:
    """Return the name of what is differentiated: the one said, the one with upstream gradients, or the last."""
    said = _get(spec, "output")
    if isinstance(said, str) and said:
        return said
    return default_output([*equations.values()], _keys(_get(spec, "given")))


def default_output(equations: Sequence[Equation], given: Any) -> str:
    """Return what is differentiated where nothing is said: what has given gradients, or the last unused name."""
    upstream = [key.partition(":")[0] for key in given if ":" in str(key)]
    used = {name for equation in equations for name in equation.uses}
    ends = [equation.name for equation in equations if equation.name not in used]
    return next(iter((*upstream, *ends[::-1])), "")


def _given(values: Any, names: Names, output: str) -> Iterator[Problem]:
    for key in _keys(values):
        of, colon, by = key.partition(":")
        if colon and of in names.defined:
            came = f"a gradient of {of}, which has an equation"
            yield Problem(
                ("given", key), came, f"a gradient of an output without an equation, such as L:{by}", at_key=True
            )
        elif colon and (of != output or of in names.free):
            came = f"a gradient of {show(of)}"
            yield Problem(("given", key), came, f"gradients of the output, {output}:NAME", at_key=True)
        elif (by if colon else of) not in names.defined:
            known = nearest(by if colon else of, names.defined)
            yield Problem(("given", key), show(key), "a name that has an equation", known, at_key=True)


def _wanted(spec: Any, equations: Mapping[int, Equation], names: Names, output: str) -> Iterator[Problem]:
    """Yield what is wrong with the output, and the names whose gradients are asked for and that it does not need."""
    upstream = [key.partition(":")[2] for key in _keys(_get(spec, "given")) if ":" in key]
    if output not in names.defined and not upstream:
        expected = "the name that an equation defines, or given gradients of it"
        yield Problem(("output",), show(output), expected, nearest(output, names.defined))
        return
    reached = needed(equations.values(), upstream or [output]) - ({output} - {*upstream})
    lists: tuple[tuple[Path, Any, bool], ...] = (
        (("by",), _get(spec, "by"), False),
        (("update", "parameters"), _get(_get(spec, "update"), "parameters"), True),
    )
    for path, wanted, is_learned in lists:
        for place, name in enumerate(_list(wanted) or ()):
            if not isinstance(name, str) or name not in reached:
                came = f"{show(name)}, on which {output} does not depend" if name in names.all else show(name)
                yield Problem((*path, place), came, f"a name on which {output} depends", nearest(str(name), reached))
            elif is_learned and (name in names.defined or name in names.sampled):
                why = "has an equation" if name in names.defined else "changes with the sample"
                yield Problem((*path, place), f"{show(name)}, which {why}", "a name with one number, under values")


def needed(equations: Any, start: list[str]) -> set[str]:
    """Return the names in `start` and all on which they depend."""
    uses = {equation.name: equation.uses for equation in equations}
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += uses.get(name, ())
    return found


def _learned_from(update: Any, samples: int) -> Iterator[Problem]:
    """Yield what of a learning step is only for networks, and that no sample has the number that is learned from."""
    expected = f"batch or the number of a sample, 1 to {max(samples, 1)}"
    on = _get(update, "on")
    if on == "each":
        yield Problem(("update", "on"), "a step for each sample of equations", expected, limitation=True)
    if (epochs := _get(update, "epochs")) not in (None, 1, "1"):
        yield Problem(("update", "epochs"), show(epochs), "one step, where there are equations", limitation=True)
    if _list(_get(update, "frozen")):
        learned = "under update.parameters the names that learn, where not all do"
        yield Problem(("update", "frozen"), "frozen besides equations", learned, at_key=True)
    try:
        number = read_whole(on)
    except RefusedError:
        return
    if not 1 <= number <= max(samples, 1):
        yield Problem(("update", "on"), str(number), expected)


def _known_names(spec: Any, names: Names, output: str) -> Iterator[Problem]:
    """Yield the names in questions and aliases that the equations do not have."""
    known = names.all | {output}
    for place, question in enumerate(_list(_get(spec, "questions")) or ()):
        for which, name in enumerate(_list(_get(question, "of")) or ()):
            if name not in known:
                path: Path = ("questions", place, "of", which)
                yield Problem(path, show(name), "a name of the equations", nearest(str(name), known))
    for name in _keys(_get(spec, "names")):
        if name not in known | {"batch", "learning_rate"}:
            yield Problem(("names", name), show(name), "a name of the equations", nearest(name, known), at_key=True)
    for name in _keys(aliases := _get(spec, "aliases")):
        target = str(aliases[name]).partition("@")[0]
        if target not in known | {"batch", "learning_rate"}:
            yield Problem(("aliases", name), show(aliases[name]), "a name of the equations", nearest(target, known))


def _look_alike(names: Names) -> Iterator[Problem]:
    """Yield names that would look alike on a page."""
    seen: dict[Any, str] = {}
    for name in (*names.stated, *names.sampled, *sorted(names.all)):
        symbol = symbol_of(name)
        if seen.setdefault(symbol, name) != name:
            came = f"the names {seen[symbol]} and {name}, which look alike on a page"
            yield Problem(("equations",), came, "one spelling for one quantity")
            seen[symbol] = name


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Mapping) else ()


def _get(holder: Any, key: str) -> Any:
    return holder.get(key) if isinstance(holder, Mapping) else getattr(holder, key, None)


def _list(value: Any) -> list[Any] | tuple[Any, ...] | None:
    return value if isinstance(value, (list, tuple)) else None
