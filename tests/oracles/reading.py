"""What the package found, in numbers of mpmath: the only place of the oracles that looks into its values."""

from __future__ import annotations

from typing import Any

import mpmath

BITS = 400
"""Precision at which an irrational number is asked for: 120 digits."""


def decimal(real: Any) -> mpmath.mpf:
    """Return an exact number of the package at mpmath's precision."""
    if real.rational is not None:
        return mpmath.mpf(int(real.rational.p)) / int(real.rational.q)
    ball = real.enclosure(BITS)
    assert ball.rel_accuracy_bits() > 250 or abs(ball) < mpmath.mpf(10) ** -60, f"only known as {ball}"
    mantissa, exponent = ball.mid().man_exp()
    return mpmath.mpf(int(mantissa)) * mpmath.mpf(2) ** int(exponent)


def error(found: Any, expected: Any) -> mpmath.mpf:
    """Return how far `found` lies from `expected`, relative where `expected` is larger than 1."""
    return abs(found - expected) / max(mpmath.mpf(1), abs(expected))
