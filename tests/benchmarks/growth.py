"""Growth: a page that is so many times longer should take so many times longer to write, and no more."""

from __future__ import annotations

import symback
from symback.spec.load import load_text
from tests.benchmarks.measuring import Ratio, at_most, report, side_by_side
from tests.benchmarks.networks import LARGE, MIDDLE, spec_text


def main() -> None:
    """Measure 2,410 parameters against 139, for the full page in the style that shows every matrix."""
    for carry in ("exact", "printed"):
        large = load_text(spec_text(LARGE, ("sigmoid", "relu"), carry))
        middle = load_text(spec_text(MIDDLE, ("sigmoid", "relu", "sigmoid"), carry))
        longer = len(symback.render(large, kind="full")) / len(symback.render(middle, kind="full"))
        times = side_by_side(
            lambda large=large: symback.render(large, kind="full"),
            lambda middle=middle: symback.render(middle, kind="full"),
            turns=9,
        )
        ratio = Ratio(times.median / longer, times.low / longer, times.high / longer)
        report(
            f"time of 64-32-10 / 4-8-8-3, carry {carry}, divided by bytes / bytes ({longer:.1f})", ratio, at_most(1.3)
        )
