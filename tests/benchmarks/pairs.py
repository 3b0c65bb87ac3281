"""Pairs of formulas: how many that differ pass for equal, how many equal ones are accepted, and why others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from time import perf_counter

from tests.reading.judging import Found, Judgement, judged
from tests.reading.pairs import Pair, different, equivalent

PAIRS = 2000
SEED = 1
AT_LEAST = 0.99


def main() -> None:
    """Judge 2,000 pairs that differ and 2,000 equal ones, and print what was decided."""
    start = perf_counter()
    passed = _row("that differ", different(PAIRS, SEED), Judgement.DIFFERENT)[Judgement.ACCEPTED]
    print(f"  accepted as equal: {passed} (bar: 0) {'MISSED' if passed else 'met'}")
    share = _row("that are equal", equivalent(PAIRS, SEED), Judgement.ACCEPTED)[Judgement.ACCEPTED] / PAIRS
    print(f"  accepted: {share:.2%} (bar: ≥ {AT_LEAST:.0%}) {'met' if share >= AT_LEAST else 'MISSED'}")
    print(f"{perf_counter() - start:.0f} s")


def _row(kind: str, pairs: Iterable[Pair], right: Judgement) -> Counter[Judgement]:
    """Print how many of some pairs are judged how, and the causes of those that are not judged rightly."""
    found = [(pair, judged(pair)) for pair in pairs]
    counts = Counter(one.judgement for _, one in found)
    print(f"{len(found)} pairs {kind}: " + ", ".join(f"{counts[judgement]} {judgement}" for judgement in Judgement))
    causes = Counter(_cause(pair, one) for pair, one in found if one.judgement is not right)
    for cause, count in causes.most_common():
        print(f"  {count:>4} {cause}")
    return counts


def _cause(pair: Pair, found: Found) -> str:
    """Return why a pair is undecided, or how it came about if it is judged wrongly."""
    return found.why if found.judgement is Judgement.UNDECIDED else f"{found.judgement}: {pair.comment}"
