"""Answers on worksheets: a thousand variations in every format, searched for numbers and formulas of their answers."""

from __future__ import annotations

from symback.formats.table import FORMATS
from tests.pages.leaking import leaks, sheets

WORKSHEETS = 1000


def main() -> None:
    """Search the worksheets, print what is found, and how often."""
    found = 0
    for each in sheets(WORKSHEETS):
        for leak in leaks(each):
            found += 1
            print(f"{leak.sheet}, {leak.format}: {leak.kind} {leak.text}")
    formats = ", ".join(FORMATS)
    print(f"{WORKSHEETS} worksheets, each as {formats}: {found} answers found (bar: 0)")
