"""Random pages for the link checker: random networks under random number policies, in every style."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import symback
from symback import resources
from tests.checker import Report, check_page
from tests.oracles.random_networks import random_network

ROUNDINGS = ("half-up", "half-even", "truncate")
CARRIES = ("exact", "printed")


@dataclass(frozen=True, slots=True)
class Page:
    """One random page, the policy that it states, and what the checker found."""

    seed: int
    style: str
    rounding: str
    carry: str
    text: str
    report: Report


def random_pages(seeds: range) -> Iterator[Page]:
    """Yield one page for each seed; styles, roundings and carries go round."""
    styles = resources.styles()
    for seed in seeds:
        draw = random.Random(seed)
        digits = draw.choice([{"decimals": draw.randint(2, 6)}, {"significant": draw.randint(3, 6)}])
        rounding, carry = draw.choice(ROUNDINGS), CARRIES[seed // len(styles) % 2]
        content = {**random_network(seed), "numbers": {**digits, "rounding": rounding, "carry": carry}}
        style = styles[seed % len(styles)]
        text = symback.render(symback.load(content), style=style)
        yield Page(seed, style, rounding, carry, text, check_page(text, rounding=rounding, carry=carry))
