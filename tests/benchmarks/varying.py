"""Variations: how many of a thousand are what they promise, judged by the tests' own oracle, and what one costs."""

from __future__ import annotations

from time import perf_counter

from symback import api
from symback.spec.load import load_text
from symback.spec.problems import LimitationError
from tests.vary.authors import AUTHORS
from tests.vary.oracle import breaches

VARIATIONS = 1000


def main() -> None:
    """Vary the examples and the tests' own specs in turn, a thousand times in all."""
    seeds = -(-VARIATIONS // len(AUTHORS))
    total = broken = refused = 0
    for name, text in AUTHORS.items():
        spec, texts, spent = load_text(text), [], 0.0
        for seed in range(1000, 1000 + min(seeds, VARIATIONS - total)):
            begun = perf_counter()
            try:
                texts.append(api.dump(api.vary(spec, seed)))
            except LimitationError:
                refused += 1
            spent += perf_counter() - begun
            total += 1
        broken += sum(bool(breaches(varied, text)) for varied in texts)
        figures = f"{len(texts):>4} variations, {len(set(texts)):>4} different, {spent / seeds * 1000:>6.1f} ms each"
        print(f"{name:<45} {figures}")
    print(f"{total} variations: {refused} not found, {broken} with a condition broken (bars: 0 and 0)")
