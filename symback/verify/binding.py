"""Binding: which quantity of the network each name of a document means, decided family by family by the document's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from symback.graph.quantity import Graph
from symback.notation.names import Names
from symback.verify.balls import printing_like
from symback.verify.conventions import CONVENTIONAL, HIDDEN_BASES, OUTPUT_BASES, ROLES, is_general, usual
from symback.verify.evaluate import Unknown
from symback.verify.evidence import Evidence
from symback.verify.network import NEW, Point
from symback.verify.printed import Printed
from symback.verify.schemes.scheme import Indices, Scheme, Target
from symback.verify.schemes.table import schemes
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import Symbol

ABOVE = ("layer", "layer from the inputs", "sample")
"""What a number above a name may be."""

WORSE = 3.0
"""How much worse a reading is taken to be for a family that cannot be read so at all."""

MARGIN = 1.2
"""How much worse a way to read a family may score and still be tried on the formulas of the document."""

MOST_RIVALS = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a family of names was understood as, and how well the document's numbers agree."""

    family: str
    scheme: Scheme
    agreed: float
    compared: int


class Binding:
    """What the names of a document mean.

    Parameters
    ----------
    graph, names
        The network, and its names in the notation of the spec.
    aliases
        Names that the author of the spec states, by spelling as plain text.
    truth
        The network at the author's numbers.
    used
        Every name that the document uses.
    evidence
        Every number that it prints for a name.
    """

    def __init__(
        self,
        graph: Graph,
        names: Names,
        aliases: Mapping[Spelling, str],
        truth: Point,
        used: Iterable[Spelling],
        evidence: Iterable[Evidence],
    ) -> None:
        self.graph = graph
        self.aliases = aliases
        self._truth = truth
        self._home = _home(graph, names)
        self._evidence: dict[str, list[Evidence]] = {}
        for item in evidence:
            self._evidence.setdefault(item.name.family, []).append(item)
        self._used: dict[str, set[Spelling]] = {}
        for name in used:
            self._used.setdefault(name.family, set()).add(name)
        self._schemes = {role: [*schemes(graph, role)] for role in ROLES}
        self._meanings: dict[str, list[Meaning]] = {}
        self._scored: dict[str, list[tuple[float, int, Meaning]]] = {}
        self.is_row = False
        self.negated: set[str] = set()
        self.prime_is_layer = frozenset(self._families_whose_prime_is_a_layer())

    def target(self, name: Spelling) -> Target | None:
        """Return what a name means, or None where it means nothing that is known."""
        if name.is_new and name.base in self.prime_is_layer:
            name = Spelling(name.base, name.below, "1")
        old = name._replace(is_new=False)
        if name in self.aliases or old in self.aliases:
            found: Target | None = self.aliases.get(name) or self.aliases[old]
        else:
            found = self._by_scheme(old)
        if name.base in self.negated and found is not None:
            found = _opposite(found)
        if self.is_row and found is not None and not isinstance(found, str) and len(found[0]) == 1:
            found = tuple(zip(*found, strict=True))
        return _new(found) if found is not None and name.is_new and name not in self.aliases else found

    def of(self, symbol: Symbol) -> Target | None:
        """Return what a symbol means."""
        return self.target(spelling(symbol))

    def meanings(self) -> Iterator[Meaning]:
        """Yield how each family was understood, in the order of the alphabet."""
        for family in sorted(self._used):
            yield from self._ranked(family)[:1]

    def family_role(self, name: Spelling) -> str:
        """Return the role of the family of a name, or nothing."""
        ranked = self._ranked(name.family)
        return ranked[0].scheme.role if ranked else ""

    def _by_scheme(self, name: Spelling, may_swap: bool = True) -> Target | None:
        indices = (name.below, name.above)
        ranked = self._ranked(name.family)
        if ranked:
            shaped = self._shape_of(name)
            best = ranked[0].scheme
            allowed = [meaning.scheme for meaning in ranked if meaning.scheme.role == best.role or meaning.scheme is self._home.get(name.family)]
            for scheme in sorted(allowed, key=lambda scheme: shaped is not None and _is_vector(scheme.table.get(indices)) != shaped):
                if indices in scheme.table and (scheme is best or scheme.is_vector != best.is_vector or scheme.says.startswith("the notation")):
                    return scheme.table[indices]
            if indices in best.table:
                return best.table[indices]
        if may_swap and not self._evidence.get(name.family):
            swapped = name.base.swapcase() if len(name.base) == 1 else name.base.lower()
            if swapped != name.base and swapped in self._used and name.base in "wWbBzZaAxXtT":
                return self._by_scheme(name._replace(base=swapped), False)
        return None

    def _shape_of(self, name: Spelling) -> bool | None:
        """Say whether the document prints this very name as a vector; None where it prints no number for it."""
        found = [item for item in self._evidence.get(name.family, ()) if item.name == name and not item.is_gradient]
        if not found:
            return None
        return any(len(item.rows) * len(item.rows[0]) > 1 for item in found)

    def _ranked(self, family: str) -> list[Meaning]:
        if family not in self._meanings:
            self._meanings[family] = self._rank(family)
        return self._meanings[family]

    def _rank(self, family: str) -> list[Meaning]:
        everything = self._used.get(family, set())
        if not everything:
            return []
        used = {name for name in everything if not is_general(name)}
        only_general = not used
        used = used or everything
        evidence = self._evidence.get(family, [])
        if not all(item.is_gradient for item in evidence):
            evidence = [item for item in evidence if not item.is_gradient]
        scored: list[tuple[float, int, Meaning]] = []
        home = self._home.get(family)
        candidates = [(scheme, usual(family, scheme.role)) for role in ROLES for scheme in self._schemes[role]]
        if home is not None:
            candidates.insert(0, (home, 0.6))
        for place, (scheme, custom) in enumerate(candidates):
            covered = sum((name.below, name.above) in scheme.table for name in used)
            if not covered and not (only_general and custom and not scheme.is_vector):
                continue
            agreed, compared = self._agreement(scheme, evidence)
            if custom == 0 and (2 * agreed <= compared or not self._is_telling(evidence)):
                continue
            score = 2.0 * covered / len(used) + scheme.prior + custom + self._leaning(family, scheme)
            if evidence:
                score += 3.0 * (2 * agreed - len(evidence)) / len(evidence)
            scored.append((-score, place, Meaning(family, scheme, agreed, compared)))
        scored.sort(key=lambda item: item[:2])
        self._scored[family] = scored
        return [meaning for _, _, meaning in scored]

    def _leaning(self, family: str, scheme: Scheme) -> float:
        """Return how much a base speaks for the layers that a scheme is about: ``ŷ`` for the last, ``h`` for another."""
        if scheme.role not in ("a", "z") or scheme is self._home.get(family):
            return 0.0
        if f"{family}^hat" in self._used:
            return -0.6
        last = str(len(self.graph.layers))
        ids = [target if isinstance(target, str) else target[0][0] for target in scheme.table.values()]
        layers = [name.partition("@")[0].split(".")[1] for name in ids if not name.startswith("x.")]
        in_last = layers.count(last) / len(layers) if layers else 0.0
        if family in OUTPUT_BASES:
            return 1.2 * in_last - 0.6
        return 0.3 - 0.6 * in_last if family in HIDDEN_BASES else 0.0

    def matrix_families(self) -> Iterator[str]:
        """Yield families that are read as whole weight matrices."""
        for family in sorted(self._used):
            ranked = self._ranked(family)
            if ranked and ranked[0].scheme.role == "w" and ranked[0].scheme.is_vector:
                yield family

    def orient(self, is_row: bool) -> None:
        """Read vectors as rows, and weight matrices from the left, or the other way round."""
        self.is_row = is_row
        word = "row orientation" if is_row else "column orientation"
        for family in list(self.matrix_families()):
            best = self._ranked(family)[0]
            score = self._scored[family]
            for _, _, meaning in score:
                if meaning.scheme.is_vector and meaning.scheme.role == "w" and word in meaning.scheme.says:
                    if _indices(meaning.scheme) == _indices(best.scheme):
                        self.prefer(family, meaning)
                        break

    def trusts(self, symbol: Symbol) -> bool:
        """Say whether what a name means is certain enough to blame somebody for it.

        It is if the spec's author says so, if the document's numbers mostly agree, or if everybody calls it so.
        """
        name = spelling(symbol)
        if name in self.aliases or name._replace(is_new=False) in self.aliases:
            return True
        ranked = self._ranked(name.family)
        if not ranked:
            return False
        best = ranked[0]
        if best.compared and 2 * best.agreed >= best.compared:
            return True
        return best.scheme is self._home.get(name.family) or usual(name.family, best.scheme.role) >= CONVENTIONAL

    def agree_on_numbers_above(self) -> None:
        """Read the number that stands above alike in all families: a layer, counted from the first or from the inputs, or a sample."""
        totals = dict.fromkeys(ABOVE, 0.0)
        chosen: list[tuple[str, dict[str, Meaning]]] = []
        for family in sorted(self._used):
            ranked = self._ranked(family)
            if not ranked or ranked[0].scheme.role not in ("a", "z", "delta"):
                continue
            if not any(name.above.isdigit() for name in self._used[family]):
                continue
            best: dict[str, tuple[float, Meaning]] = {}
            for score, _, meaning in self._scored[family]:
                best.setdefault(_above(meaning.scheme), (score, meaning))
            top = min(score for score, _ in best.values())
            for reading in ABOVE:
                totals[reading] -= best[reading][0] - top if reading in best else WORSE
            chosen.append((family, {reading: meaning for reading, (_, meaning) in best.items()}))
        wanted = max(ABOVE, key=lambda reading: totals[reading])
        for family, meanings in chosen:
            if wanted in meanings and meanings[wanted].scheme.role in ("a", "z", "delta"):
                self.prefer(family, meanings[wanted])

    def deltas(self) -> Iterator[str]:
        """Yield families that are read as δ."""
        for family in sorted(self._used):
            ranked = self._ranked(family)
            if ranked and ranked[0].scheme.role == "delta":
                yield family

    def rivals(self) -> Iterator[tuple[str, list[Meaning]]]:
        """Yield families that can be read in several ways about as well, with these ways, the best first."""
        for family in sorted(self._used):
            self._ranked(family)
            scored = self._scored.get(family, [])
            role = scored[0][2].scheme.role if scored else ""
            alike = ("a", "z") if role in ("a", "z") else (role,)
            near = [
                meaning for score, _, meaning in scored if score <= scored[0][0] + MARGIN and meaning.scheme.role in alike
            ][:MOST_RIVALS]
            if len(near) > 1:
                yield family, near

    def prefer(self, family: str, meaning: Meaning) -> None:
        """Read a family in one of several ways."""
        ranked = self._ranked(family)
        self._meanings[family] = [meaning, *(one for one in ranked if one is not meaning)]

    def _is_telling(self, evidence: list[Evidence]) -> bool:
        """Whether numbers are more than small whole ones, which agree with anything."""
        return any(unit < 1 and value.denominator > 1 for item in evidence for row in item.rows for value, unit in row)

    def _agreement(self, scheme: Scheme, evidence: list[Evidence]) -> tuple[float, int]:
        agreed, compared = 0.0, 0
        for item in evidence:
            target = scheme.table.get((item.name.below, item.name.above))
            if target is None:
                continue
            compared += 1
            is_new = (item.name.is_new and item.name.base not in getattr(self, "prime_is_layer", ())) or item.is_update
            meant = _new(target) if is_new else target
            agreed += self._agrees(_gradient(meant) if item.is_gradient else meant, item.rows)
        return agreed, compared

    def _agrees(self, target: Target, rows: tuple[tuple[Printed, ...], ...]) -> float:
        """Return how well numbers agree with a target, from 0 to 1; the shape of a vector counts for a half."""
        ids = ((target,),) if isinstance(target, str) else target
        shape = (len(ids), len(ids[0]))
        if shape != (len(rows), len(rows[0])):
            if 1 not in shape or shape[::-1] != (len(rows), len(rows[0])):
                return 0.0
            ids = tuple(zip(*ids, strict=True))
        pairs = [(name, number) for row, numbers in zip(ids, rows, strict=True) for name, number in zip(row, numbers, strict=True)]
        right = sum(self.prints(name, number) for name, number in pairs) / len(pairs)
        return right if len(pairs) == 1 else 0.5 + 0.5 * right

    def prints(self, name: str, number: Printed) -> bool:
        """Say whether a quantity prints as a number, at the worked sample or at another."""
        ball = printing_like(*number)
        count = len(self.graph.samples)
        samples = [None] if "@" in name or count == 1 else [None, *range(1, count + 1)]
        for sample in samples:
            try:
                point = self._truth if sample is None else self._truth.sample(sample)
                if point.value(name).overlaps(ball):
                    return True
            except Unknown:
                continue
        return False

    def _families_whose_prime_is_a_layer(self) -> Iterator[str]:
        """Yield bases whose prime is a scanned superscript 1: with it the numbers are those before the update."""
        for family, items in self._evidence.items():
            marked = [item for item in items if item.name.is_new]
            if not marked:
                continue
            as_new = self._best_agreement(family, marked)
            as_layer = [
                Evidence(Spelling(item.name.base, item.name.below, "1"), item.rows) for item in marked if not item.name.above
            ]
            if self._best_agreement(family, as_layer) > as_new:
                yield family

    def _best_agreement(self, family: str, items: list[Evidence]) -> float:
        candidates = [scheme for role in ROLES for scheme in self._schemes[role] if usual(family, role)]
        return max((self._agreement(scheme, items)[0] for scheme in candidates), default=0.0)


def _home(graph: Graph, names: Names) -> dict[str, Scheme]:
    """Return a scheme per family for the names of the spec's notation."""
    tables: dict[str, dict[Indices, Target]] = {}

    def put(symbol: Symbol, target: Target) -> None:
        spelled = spelling(symbol)
        tables.setdefault(spelled.family, {}).setdefault((spelled.below, spelled.above), target)

    for name in graph.quantities:
        put(names(name), name)
    for layer in graph.layers:
        for name in layer.pre_activations:
            put(names(name.replace("z.", "delta.", 1)), name.replace("z.", "delta.", 1))
        columns = {
            "pre_activation": layer.pre_activations,
            "activation": layer.activations,
            "delta": tuple(name.replace("z.", "delta.", 1) for name in layer.pre_activations),
        }
        by_column = names.notation.orientation == "column"
        for kind, ids in columns.items():
            put(names.vector(kind, layer.number), _column(ids))
        put(names.weight_matrix(layer.number), layer.weights if by_column else tuple(zip(*layer.weights, strict=True)))
        if layer.biases:
            put(names.bias_vector(layer.number), _column(layer.biases))
    put(names.vector("activation", 0), _column(graph.inputs))
    put(names.target_vector(), _column(graph.targets))
    return {
        family: Scheme(_role(table), "the notation of the spec", table, 0.5) for family, table in tables.items()
    }


def _role(table: Mapping[Indices, Target]) -> str:
    target = next(iter(table.values()))
    name = target if isinstance(target, str) else target[0][0]
    return name.partition(".")[0]


def _column(ids: tuple[str, ...]) -> Target:
    return tuple((name,) for name in ids) if len(ids) > 1 else ids[0]


def _is_vector(target: Target | None) -> bool:
    return target is not None and not isinstance(target, str)


def _opposite(target: Target) -> Target:
    return f"-{target}" if isinstance(target, str) else tuple(tuple(f"-{name}" for name in row) for row in target)


def _gradient(target: Target) -> Target:
    if isinstance(target, str):
        return f"loss:{target}"
    return tuple(tuple(f"loss:{name}" for name in row) for row in target)


def _new(target: Target) -> Target:
    if isinstance(target, str):
        return target if target.endswith(NEW) else target + NEW
    return tuple(tuple(name + NEW for name in row) for row in target)


def _above(scheme: Scheme) -> str:
    """Return what a scheme takes the number above a name for, or nothing."""
    if "the sample above" in scheme.says:
        return "sample"
    if "the inputs being 1" in scheme.says:
        return "layer from the inputs"
    return "layer" if "the layer's number" in scheme.says else ""


def _indices(scheme: Scheme) -> frozenset[Indices]:
    return frozenset(scheme.table)
