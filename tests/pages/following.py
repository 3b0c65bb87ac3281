"""Random pages for the link checker: random networks under random number policies, in every style."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def random_pages(seeds: range, styles: Sequence[str] = resources.styles()) -> Iterator[Page]:
    """Yield one page for each seed; styles go round, roundings and carries are drawn."""
    for seed in seeds:
        draw = random.Random(seed)
        digits = draw.choice([{"decimals": draw.randint(2, 6)}, {"significant": draw.randint(3, 6)}])
        rounding, carry = draw.choice(ROUNDINGS), draw.choice(CARRIES)
        numbers = {**digits, "rounding": rounding, "carry": carry}
        content = {**without_stated_values(random_network(seed)), "numbers": numbers}
        style = styles[seed % len(styles)]
        text = symback.render(symback.load(content), style=style)
        yield Page(seed, style, rounding, carry, text, check_page(text, rounding=rounding, carry=carry))


def without_stated_values(content: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out values that contradict the network's formulas: a checker that trusts formulas cannot follow them."""
    return {key: value for key, value in content.items() if key != "given"}
