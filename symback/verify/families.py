"""Families: the ways in which all names with one base may be read, ranked by how well the document's numbers agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from symback.graph.quantity import Graph
from symback.verify.agreement import Agreement
from symback.verify.conventions import HIDDEN_BASES, OUTPUT_BASES, ROLES, TAKEN, TARGET_BASES, is_general, usual
from symback.verify.evidence import Evidence
from symback.verify.numberings import LETTERS
from symback.verify.schemes.matrices import in_both_orientations
from symback.verify.schemes.scheme import Scheme, Target
from symback.verify.schemes.table import schemes
from symback.verify.spelling import Spelling

MARGIN = 1.2
"""How much worse a way to read a family may score and still be tried on the formulas of the document."""

MOST_RIVALS = 6
"""How many ways to read a family are tried on them."""

ENOUGH_AGAINST_CUSTOM = 2
"""So many numbers must speak for a role in which nobody uses a base that most people use in another."""

FEW = 2
"""So few numbers say little: one that agrees may do so by chance, and one that does not may be a mistake."""

DATA = ("x", "t")
"""Roles of what nobody learns."""

AT_HOME_USUAL = 0.6
"""How usual a base is taken to be for what the spec's own notation calls so."""


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What a family of names may be understood as, and how well the document's numbers agree."""

    family: str
    scheme: Scheme
    agreed: float
    compared: int
    score: float


class Families:
    """All families of names of a document.

    Parameters
    ----------
    graph
        The network.
    home
        The schemes of the spec's own notation, by family.
    agreement
        Compares printed numbers with those of the network.
    used
        Every name that the document uses.
    evidence
        Every number that it prints for a name.

    Attributes
    ----------
    preferences
        How often a way to read a family was preferred: until then a name means what it meant before.
    """

    def __init__(
        self,
        graph: Graph,
        home: Mapping[str, Scheme],
        agreement: Agreement,
        used: Iterable[Spelling],
        evidence: Iterable[Evidence],
    ) -> None:
        self.home = home
        self._graph = graph
        self._last_layer = str(len(graph.layers))
        self._agreement = agreement
        self.evidence: dict[str, list[Evidence]] = {}
        for item in dict.fromkeys(evidence):
            self.evidence.setdefault(item.name.family, []).append(item)
        self.used: dict[str, set[Spelling]] = {}
        for name in used:
            self.used.setdefault(name.family, set()).add(name)
        printed = " ".join(f"{name.below} {name.above}" for names in self.used.values() for name in names)
        self._schemes = {role: [*schemes(graph, role, printed)] for role in ROLES}
        self._found: dict[str, list[Meaning]] = {}
        self._preferred: dict[str, Meaning] = {}
        self.preferences = 0
        self.unmarked = frozenset(self._with_layers_for_primes())

    def __iter__(self) -> Iterator[str]:
        """Iterate over families in the order of the alphabet."""
        return iter(sorted(self.used))

    def found(self, family: str) -> list[Meaning]:
        """Return how a family may be read, the best score first."""
        if family not in self._found:
            self._found[family] = self._scored(family)
        return self._found[family]

    def ranked(self, family: str) -> list[Meaning]:
        """Return how a family may be read, the preferred way first."""
        best = self.best(family)
        return [] if best is None else [best, *(one for one in self.found(family) if one is not best)]

    def best(self, family: str) -> Meaning | None:
        """Return how a family is read, or None if there is no way."""
        return self._preferred.get(family) or next(iter(self.found(family)), None)

    def role(self, family: str) -> str:
        """Return the role of a family, or nothing."""
        best = self.best(family)
        return best.scheme.role if best is not None else ""

    def prefer(self, meaning: Meaning) -> None:
        """Read a family in one of several ways."""
        if self.best(meaning.family) is not meaning:
            self._preferred[meaning.family] = meaning
            self.preferences += 1

    def matrices(self) -> Iterator[Meaning]:
        """Yield families that are read as whole weight matrices."""
        for best in filter(None, map(self.best, self)):
            if best.scheme.role == "w" and best.scheme.is_vector:
                yield best

    def rivals(self) -> Iterator[list[Meaning]]:
        """Yield ways to read a family that are about as good, the preferred first, where there are several."""
        for family in self:
            found = self.found(family)
            role = found[0].scheme.role if found else ""
            alike = ("a", "z") if role in ("a", "z") else (role,)
            near = [
                one
                for one in found
                if one.score >= found[0].score - MARGIN
                and (one.scheme.role in alike or (one.compared and one.agreed == one.compared))
            ]
            if len(near) > 1:
                yield sorted(near[:MOST_RIVALS], key=lambda one: one is not self.best(family))

    def _scored(self, family: str) -> list[Meaning]:
        everything = self.used.get(family, set())
        if not everything:
            return []
        general = {name for name in everything if is_general(name)}
        used = everything - general
        is_only_general = not used
        used = used or everything
        evidence = self._evidence_of(family)
        is_taken = any(usual(family, role) >= TAKEN for role in ROLES) or self._is_certainly_at_home(family)
        needed = ENOUGH_AGAINST_CUSTOM if is_taken else 1
        own = [item for item in evidence if not (is_taken and item.is_gradient)]
        indices = [(name.below, name.above) for name in used]
        scored = []
        for scheme, custom in self._candidates(family):
            if custom == 0 and not own:
                continue
            covered = sum(map(scheme.table.__contains__, indices)) / len(indices)
            if family in self.home and (covered or scheme.is_home):
                like = _share_like(scheme, everything, general)
                covered = max(covered, like) if scheme.is_home else min(covered, like)
            if not covered and not (is_only_general and custom and not scheme.is_vector):
                continue
            agreed, compared = self._agreement.with_scheme(scheme, evidence, self.unmarked)
            is_certain = agreed == compared if scheme.role in DATA else 2 * agreed > compared
            if custom == 0 and (not is_certain or len(_telling(own, scheme)) < needed):
                continue
            score = 2.0 * covered + scheme.prior + custom + self._leaning(family, scheme)
            if scheme.role in DATA and self._is_learned(family):
                score -= 1.0
            if scheme.role == "t" and family not in TARGET_BASES and self._has_other_target:
                score -= 1.0
            if evidence:
                score += 3.0 * (2 * agreed - len(evidence)) / (len(evidence) + FEW)
            scored.append(Meaning(family, scheme, agreed, compared, score))
        return sorted(scored, key=lambda meaning: -meaning.score)

    def _is_certainly_at_home(self, family: str) -> bool:
        """Whether the notation of the spec has such names, and the document keeps to it."""
        return family in self.home and self.home[family].prior >= TAKEN

    @cached_property
    def _has_other_target(self) -> bool:
        """Whether a name that speaks for a target has the number of one: ``y`` may then be the output."""
        items = [item for base in TARGET_BASES for item in self.evidence.get(base, ())]
        return any(self._agreement.with_scheme(scheme, items)[0] > 0 for scheme in self._schemes["t"])

    def _is_learned(self, family: str) -> bool:
        """Whether the loss is derived by names of a family, or they are updated."""
        return any(item.is_gradient or item.is_update for item in self.evidence.get(family, ()))

    def _evidence_of(self, family: str) -> list[Evidence]:
        """Return the numbers of a family: those of gradients by its names only if there are no others."""
        everything = self.evidence.get(family, [])
        return [item for item in everything if not item.is_gradient] or everything

    def _candidates(self, family: str) -> Iterator[tuple[Scheme, float]]:
        """Yield every scheme, and how usual the base of a family is for it."""
        if family in self.home:
            custom = max(AT_HOME_USUAL, usual(family, self.home[family].role))
            yield self.home[family], custom
            for scheme in (*in_both_orientations(self.home[family], self._graph), *_as_vectors(self.home[family])):
                yield scheme, custom
        for role, found in self._schemes.items():
            custom = usual(family, role)
            for scheme in found:
                yield scheme, custom

    def _leaning(self, family: str, scheme: Scheme) -> float:
        """Return how much a base speaks for the layers of a scheme: ``ŷ`` for the last, ``h`` for another."""
        if scheme.role not in ("a", "z") or scheme.is_home:
            return 0.0
        estimate = self.best(f"{family}^hat")
        if estimate is not None and estimate.scheme.role == "a":
            return -2.0
        if family in OUTPUT_BASES:
            return 1.2 * scheme.share_in_layer(self._last_layer) - 0.6
        return 0.3 - 0.6 * scheme.share_in_layer(self._last_layer) if family in HIDDEN_BASES else 0.0

    def _with_layers_for_primes(self) -> Iterator[str]:
        """Yield bases whose prime is a scanned superscript 1: with it the numbers are those before the update."""
        for family, items in self.evidence.items():
            marked = [item for item in items if item.name.is_new]
            if not marked:
                continue
            as_layer = [
                Evidence(Spelling(item.name.base, item.name.below, "1"), item.rows)
                for item in marked
                if not item.name.above
            ]
            if self._best_agreement(family, as_layer) > self._best_agreement(family, marked):
                yield family

    def _best_agreement(self, family: str, items: list[Evidence]) -> float:
        candidates = [scheme for role in ROLES for scheme in self._schemes[role] if usual(family, role)]
        return max((self._agreement.with_scheme(scheme, items)[0] for scheme in candidates), default=0.0)


def _as_vectors(home: Scheme) -> Iterator[Scheme]:
    """Yield the scheme of a notation in which what names a number and a vector alike is the vector.

    A bias that a whole layer shares is the same number in all places.
    """
    vectors = {indices: target for indices, target in home.vectors.items() if len({*_ids(target)}) > 1}
    if vectors:
        table = {**home.table, **vectors}
        yield replace(home, says=f"{home.says}, as vectors", table=table, prior=home.prior - 0.01)


def _ids(target: Target) -> Iterator[str]:
    yield from (name for row in (((target,),) if isinstance(target, str) else target) for name in row)


def _share_like(scheme: Scheme, names: Collection[Spelling], general: Collection[Spelling]) -> float:
    """Return what share of names a scheme knows; a general one counts if it knows one with numbers for its letters.

    So does one of the spec's own notation of which some indices alone are letters, as in ``a_{3i}``.
    """
    known = (
        scheme.knows(name) or ((scheme.is_home or name in general) and has_instance(scheme, name)) for name in names
    )
    return sum(known) / len(names)


def has_instance(scheme: Scheme, name: Spelling) -> bool:
    """Whether a scheme knows a name, or one with numbers in place of the letters in its indices."""
    return any(_is_like(below, name.below) and _is_like(above, name.above) for below, above in scheme.table)


def _is_like(numbered: str, general: str) -> bool:
    """Whether indices with numbers become others if letters stand in place of these."""
    return len(numbered) == len(general) and all(
        one == other or (one.isdigit() and other in LETTERS) for one, other in zip(numbered, general, strict=True)
    )


def _telling(evidence: list[Evidence], scheme: Scheme) -> set[Fraction]:
    """Return the sizes of numbers that are printed for names of a scheme; small whole ones agree with anything."""
    return {
        abs(value)
        for item in evidence
        if scheme.knows(item.name)
        for row in item.rows
        for value, unit in row
        if unit < 1 and value.denominator > 1
    }
