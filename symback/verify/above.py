"""The number above names: a layer, counted from the first or from the inputs, or a sample, alike in all families."""

from __future__ import annotations

from symback.verify.families import Families, Meaning
from symback.verify.schemes.scheme import Scheme

READINGS = ("layer", "layer from the inputs", "sample")
"""What a number above a name may be."""

WORSE = 3.0
"""How much worse a reading is taken to be for a family that cannot be read so at all."""

LAYERED = ("a", "z", "delta")
"""Roles of quantities that every layer has."""


def agree_on_numbers_above(families: Families) -> None:
    """Read the number that stands above alike in all families: as what fits them best together."""
    totals = dict.fromkeys(READINGS, 0.0)
    chosen: list[dict[str, Meaning]] = []
    for family in families:
        if families.role(family) not in LAYERED or not any(name.above.isdigit() for name in families.used[family]):
            continue
        if families.found(family)[0].scheme.is_home:  # whose brackets tell layers from samples
            continue
        best: dict[str, Meaning] = {}
        for meaning in families.found(family):
            best.setdefault(_reading(meaning.scheme), meaning)
        top = max(meaning.score for meaning in best.values())
        for reading in READINGS:
            totals[reading] -= top - best[reading].score if reading in best else WORSE
        chosen.append(best)
    wanted = max(READINGS, key=lambda reading: totals[reading])
    for best in chosen:
        if wanted in best and best[wanted].scheme.role in LAYERED:
            families.prefer(best[wanted])


def _reading(scheme: Scheme) -> str:
    """Return what a scheme takes the number above a name for, or nothing."""
    if "the sample above" in scheme.says:
        return "sample"
    if "the inputs being 1" in scheme.says:
        return "layer from the inputs"
    return "layer" if "the layer's number" in scheme.says else ""
