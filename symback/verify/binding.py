"""Binding: which quantity of the network each name of a document means, decided by the document's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from symback.graph.quantity import Graph
from symback.verify.agreement import Agreement
from symback.verify.conventions import CONVENTIONAL, TAKEN, usual, without_tags
from symback.verify.entries import entry_of, first_place, is_entry, whole_of
from symback.verify.evidence import Evidence
from symback.verify.families import Families, Meaning, has_instance
from symback.verify.printed import Printed
from symback.verify.schemes.scheme import Scheme, Target
from symback.verify.spelling import Spelling, spelling
from symback.verify.targets import at_sample, changed, is_vector, new, opposite, turned
from symback.written.nodes import Symbol

SWAPPED = "wWvVuUbBcCzZaAxXtT"
"""Bases that people write in capitals for a vector or matrix, and small for its entries."""


PARAMETERS = ("w", "b")
"""Roles of what is learned."""


class Binding:
    """What the names of a document mean.

    Parameters
    ----------
    graph
        The network.
    home
        The schemes of the spec's own notation, by family.
    aliases
        Names that the author of the spec states, by spelling as plain text.
    agreement
        Compares printed numbers with those of the network.
    used
        Every name that the document uses.
    evidence
        Every number that it prints for a name.

    Attributes
    ----------
    families
        How each family of names may be read.
    is_row
        Whether vectors are rows.
    calls_deltas_by_activations
        Whether ``d_h1`` is the derivative by what enters the neuron whose activation is ``h1``.
    is_numerator
        Whether derivatives are laid out like the transpose of what they are taken by.
    joins_samples
        Whether matrices join what belongs to several samples, and the loss is that of all of them.
    divides_samples
        Whether the derivatives in such matrices are divided by the number of samples already.
    variables
        By what plain equations are differentiated.
    samples_stated
        Which sample a letter above stated names means.
    """

    def __init__(
        self,
        graph: Graph,
        home: Mapping[str, Scheme],
        aliases: Mapping[Spelling, str],
        agreement: Agreement,
        used: Iterable[Spelling],
        evidence: Iterable[Evidence],
    ) -> None:
        self._aliases: dict[Spelling, Target] = dict(aliases)
        self.variables = graph.parameters if graph.system is not None else ()
        self.samples_stated = {
            name.above: int(target.partition("@")[2])
            for name, target in aliases.items()
            if "@" in target and not name.above.isdigit()
        }
        self.agreement = agreement
        self._functions = {
            pre: layer.activation.name
            for layer in graph.layers
            for pre, post in zip(layer.pre_activations, layer.activations, strict=True)
            if graph.quantities[post].parents == (pre,)
        }
        numbers = range(1, len(graph.samples) + 1) if len(graph.samples) > 1 else ()
        self._samples = {**{str(number): number for number in numbers}, **self.samples_stated}
        self._outputs = dict(zip(graph.targets, graph.layers[-1].activations if graph.layers else (), strict=False))
        used = [*used]
        self._first_place = first_place(used)
        whole = map(whole_of, used)
        self.families = Families(
            graph, home, self.agreement, whole, (item for item in evidence if not is_entry(item.name))
        )
        self._in_families: dict[tuple[Spelling, Meaning], Target | None] = {}
        self._meant: dict[Spelling, Target | None] = {}
        self._meant_after = 0
        self.is_row = False
        self.is_numerator = False
        self._negated: set[str] = set()
        self.calls_deltas_by_activations = False
        self.joins_samples = False
        self.divides_samples = False

    def of(self, symbol: Symbol) -> Target | None:
        """Return what a symbol means; bold letters are vectors where others mean one number."""
        exact = self._exactly(symbol)
        if exact is not None:
            return exact
        return (self.vector_of(symbol) if symbol.bold else None) or self.target(spelling(symbol))

    def _exactly(self, symbol: Symbol) -> Target | None:
        """Return what a name means of which the notation tells another apart by its brackets alone."""
        name = spelling(symbol)
        best = self.families.best(name.family)
        if best is None or not best.scheme.exact or name in self._aliases:
            return None
        found = best.scheme.exact.get(replace(symbol, mark=""))
        return None if found is None else self._as_read(name, found)

    def target(self, name: Spelling) -> Target | None:
        """Return what a name means, or None where it means nothing that is known."""
        if self._meant_after != self.families.preferences:
            self._meant.clear()
            self._meant_after = self.families.preferences
        if name not in self._meant:
            self._meant[name] = self._target(name)
        return self._meant[name]

    def orient(self, is_row: bool) -> None:
        """Read vectors as rows, or as columns."""
        self.is_row = is_row
        self._meant.clear()

    def lay_out(self, is_numerator: bool) -> None:
        """Read derivatives as laid out like the transposes of what they are taken by, or like that itself."""
        self.is_numerator = is_numerator
        self._meant.clear()

    def negate(self, family: str, is_negated: bool) -> None:
        """Read a family as the opposite of what its scheme says, or as that."""
        (self._negated.add if is_negated else self._negated.discard)(family)
        self._meant.clear()

    def _target(self, name: Spelling) -> Target | None:
        if is_entry(name):
            return entry_of(self.target(whole_of(name)), name, self._first_place)
        if name.is_new and name.base in self.families.unmarked:
            name = Spelling(name.base, name.below, "1")
        old = name._replace(is_new=False)
        found = self._aliases.get(name) or self._aliases.get(old) or self._at_sample(old) or self._by_scheme(old)
        return None if found is None else self._as_read(name, found)

    def _as_read(self, name: Spelling, found: Target) -> Target:
        """Return what a name means as this document lays it out, with its sign, and after the update if it says so."""
        if name.base in self._negated:
            found = opposite(found)
        if self.is_row != (self.is_numerator and _is_delta(found)):
            found = turned(found)
        return new(found) if name.is_new and name not in self._aliases else found

    def states(self, symbol: Symbol) -> bool:
        """Say whether the author of the spec, or the document, says what this very name means."""
        return spelling(symbol) in self._aliases

    def states_at_samples(self, symbol: Symbol) -> bool:
        """Say whether the author of the spec says what a name means at one sample or another."""
        name = spelling(symbol)
        return any(other._replace(above="") == name and other.above in self._samples for other in self._aliases)

    def is_at_home(self, symbol: Symbol) -> bool:
        """Say whether the spec's own notation has this very name."""
        name = spelling(symbol)
        home = self.families.home.get(name.family)
        return home is not None and (name.below, name.above) in home.table

    def vector_of(self, symbol: Symbol) -> Target | None:
        """Return the vector that a name means beside one number, or None where it means no vector."""
        name = spelling(symbol)
        best = self.families.best(name.family)
        found = best.scheme.vectors.get((name.below, name.above)) if best is not None else None
        return turned(found) if found is not None and self.is_row else found

    def define(self, name: Spelling, target: Target) -> None:
        """Read a name as the document defines it."""
        self._aliases[name] = target
        self._meant.clear()

    def meanings(self) -> Iterator[Meaning]:
        """Yield how each family was understood, in the order of the alphabet."""
        yield from filter(None, map(self.families.best, self.families))

    def family_role(self, name: Spelling) -> str:
        """Return the role of the family of a name, or nothing."""
        return self.families.role(name.family)

    def output_for(self, key: str) -> str:
        """Return the output whose target a key is; any other key stays."""
        return self._outputs.get(key.partition("@")[0], key)

    def is_argument_of(self, key: str, function: str) -> bool:
        """Say whether a key is that of a pre-activation to which a function, or one without a name, is applied."""
        found = self._functions.get(key.partition("@")[0])
        return found is not None and function in ("", found)

    def letters(self, symbol: Symbol) -> frozenset[str]:
        """Return the letters that stand for no number in the indices of a family: those of layers."""
        best = self.families.best(spelling(symbol).family)
        below = (without_tags(below) for below, _ in best.scheme.table) if best is not None else ()
        return frozenset(letter for indices in below for letter in indices if letter.isalpha())

    def prints(self, name: str, number: Printed) -> bool:
        """Say whether a quantity prints as a number, at the worked sample or at another."""
        return self.agreement.prints(name, number)

    def trusts(self, symbol: Symbol) -> bool:
        """Say whether what a name means is certain enough to blame somebody for it.

        It is if the spec's author says so, if the document's numbers mostly agree, or if everybody calls it so.
        """
        name = spelling(symbol)
        old = name._replace(is_new=False)
        if name in self._aliases or old in self._aliases or self._at_sample(old) is not None:
            return True
        best = self.families.best(name.family)
        if best is None:
            return False
        if best.compared and 2 * best.agreed >= best.compared:
            return True
        if not best.compared and best.scheme.role in PARAMETERS and not name.below and not name.above:
            return False  # it may stand for any of them, as in a rule for all
        if best.compared and not best.agreed and best.scheme.role == "t" and usual(name.family, "a"):
            return False  # nobody computes targets: a y that has no number of one may be another thing
        needed = TAKEN if best.compared > 1 and not best.agreed else CONVENTIONAL
        return best.scheme.is_home or usual(name.family, best.scheme.role) >= needed

    def _at_sample(self, name: Spelling) -> Target | None:
        """Return what a stated name means at the sample whose number, or stated letter, stands above it."""
        number = self._samples.get(name.above)
        lone = self._aliases.get(name._replace(above="")) if number is not None else None
        return None if number is None or lone is None else changed(lone, lambda key: at_sample(key, number))

    def _by_scheme(self, name: Spelling) -> Target | None:
        """Return what a name means by how its family is read, or else that of the other case: ``w_1`` beside ``W``."""
        evidence = self.families.evidence
        base = name.base.swapcase() if len(name.base) == 1 else name.base.lower()
        is_swapped = base != name.base and base in self.families.used and name.base in SWAPPED
        is_home = name.family in self.families.home
        if is_swapped and evidence.get(base) and not evidence.get(name.family) and not is_home:
            return self._in_family(name._replace(base=base))
        found = self._in_family(name)
        if found is not None or evidence.get(name.family) or not is_swapped:
            return found
        return self._in_family(name._replace(base=base))

    def _in_family(self, name: Spelling) -> Target | None:
        """Return what a name means by how its family is read; it is looked up once for each way."""
        best = self.families.best(name.family)
        if best is None:
            return None
        way = name, best
        if way not in self._in_families:
            self._in_families[way] = self._looked_up(name, best.scheme)
        return self._in_families[way]

    def _looked_up(self, name: Spelling, best: Scheme) -> Target | None:
        indices = (name.below, name.above)
        entries = _entries_of_one(best)
        is_at_home = best.is_home and self._has_indices_at_home(name.family, best)
        for scheme in self._schemes_like(name, best):
            target = scheme.table.get(indices)
            is_other_kind = scheme.is_vector != best.is_vector and not is_at_home
            is_same = scheme is best or (scheme.of_entries == best.of_entries and not scheme.names_sample)
            is_allowed = is_other_kind or scheme.is_home or is_same
            if target is not None and is_allowed and (not entries or is_vector(target) or target in entries):
                return target
        return best.table.get(indices)

    def _has_indices_at_home(self, family: str, home: Scheme) -> bool:
        """Whether a notation has names of a family with indices that the document uses, and not just the bare name."""
        used = self.families.used.get(family, ())
        return any((name.below or name.above) and has_instance(home, name) for name in used)

    def _schemes_like(self, name: Spelling, best: Scheme) -> list[Scheme]:
        """Return schemes of one role, those first that take a name for a vector if it is printed as one."""
        ranked = self.families.ranked(name.family)
        allowed = [
            one.scheme
            for one in ranked
            if one.scheme.role == best.role or (one.scheme.is_home and (one.agreed or not one.compared))
        ]
        allowed.sort(key=lambda scheme: scheme.of_entries != best.of_entries)
        is_printed_so = self._is_printed_as_vector(name)
        if is_printed_so is None:
            return allowed
        indices = (name.below, name.above)
        return sorted(allowed, key=lambda scheme: is_vector(scheme.table.get(indices)) != is_printed_so)

    def _is_printed_as_vector(self, name: Spelling) -> bool | None:
        """Say whether the document prints this very name as a vector; None where it prints no number for it."""
        items = self.families.evidence.get(name.family, ())
        found = [item for item in items if item.name == name and not item.is_gradient]
        return any(len(item.rows) * len(item.rows[0]) > 1 for item in found) if found else None


def _is_delta(target: Target) -> bool:
    """Whether it is a derivative by pre-activations, which lies as derivatives do."""
    first = target if isinstance(target, str) else target[0][0]
    return first.lstrip("-").startswith("delta.")


def _entries_of_one(scheme: Scheme) -> frozenset[str]:
    """Return the entries of the matrix that a scheme names if it names just one, without any index."""
    lone = scheme.table.get(("", "")) if len(scheme.table) == 1 else None
    return frozenset() if lone is None or isinstance(lone, str) else frozenset(name for row in lone for name in row)
