"""Documents with the truth about each of their claims: clean ones, and ones with one mistake or two."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation

from tests.verify.generator.faults import KINDS, Scene, planted
from tests.verify.generator.people import Person, random_person
from tests.verify.generator.truth import Expected, expectations, is_visible
from tests.verify.generator.working import Fault

KEPT_FOR_A_KIND = 60
"""So many people are asked to make a mistake of one kind before it is given up."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its spec, and what is to be said about it."""

    name: str
    spec_yaml: str
    text: str
    suffix: str
    claims: tuple[Expected, ...]


def written(person: Person, name: str, faults: Sequence[Fault] = ()) -> Case:
    """Return the document of a person with these mistakes."""
    honest = person.records()
    records = person.records(faults) if faults else honest
    document = person.document(records)
    claims = expectations(document.claims, records, honest)
    return Case(name, person.spec, document.text, person.look.suffix, tuple(claims))


def clean(count: int, seed: int) -> Iterator[Case]:
    """Yield documents without a mistake; in every fourth one number is rounded more coarsely than the others."""
    for i in range(count):
        draw = random.Random(f"clean {seed} {i}")
        person = random_person(draw, coarse=i % 4 == 3)
        yield written(person, f"clean-{seed}-{i}" + (" coarse" if person.habits.coarse else ""))


def faulty(count: int, seed: int) -> Iterator[Case]:
    """Yield documents with one mistake that their pages prove, kind after kind."""
    for i in range(count):
        draw = random.Random(f"faulty {seed} {i}")
        kind = tuple(KINDS)[i % len(KINDS)]
        person, faults = erring(draw, (kind,))
        yield written(person, f"faulty-{seed}-{i} {kind}", faults)


def double(count: int, seed: int) -> Iterator[Case]:
    """Yield documents with two mistakes in different statements, neither of which repairs the other."""
    for i in range(count):
        draw = random.Random(f"double {seed} {i}")
        kinds = draw.sample(tuple(KINDS), 2)
        person, faults = erring(draw, tuple(kinds))
        yield written(person, f"double-{seed}-{i} {faults[0].kind} + {faults[1].kind}", faults)


def erring(draw: random.Random, kinds: tuple[str, ...]) -> tuple[Person, list[Fault]]:
    """Return somebody with a visible mistake of each kind; where a pair cannot be had, other kinds are drawn."""
    for attempt in range(KEPT_FOR_A_KIND * 10):
        if attempt and attempt % KEPT_FOR_A_KIND == 0 and len(kinds) > 1:
            kinds = tuple(draw.sample(tuple(KINDS), len(kinds)))
        person = random_person(draw)
        scene = Scene(person.textbook, person.matrices, person.grids, person.steps, draw)
        faults = [planted(scene, kind) for kind in kinds]
        found = [fault for fault in faults if fault]
        keys = [key for fault in found for key in fault.changes]
        if len(found) == len(kinds) and len(keys) == len(set(keys)) and _visible(person, found):
            return person, found
    raise LookupError(f"nobody makes these mistakes visibly: {kinds}")


def _visible(person: Person, faults: Sequence[Fault]) -> bool:
    clean_records = {record.step.key: record for record in person.records()}
    try:
        records = {record.step.key: record for record in person.records(faults)}
    except (InvalidOperation, OverflowError):  # the logarithm of a number that is not above 0: nobody gets past that
        return False
    claims = person.document(tuple(records.values())).claims
    return all(any(is_visible(records[key], clean_records[key], claims) for key in f.changes) for f in faults)
