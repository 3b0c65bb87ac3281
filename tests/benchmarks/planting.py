"""Single changed digits on real pages: how many the link checker notices, by kind of display."""

from __future__ import annotations

from tests.pages.test_planted import PAGES, found_and_missed


def main() -> None:
    """Plant a fault in every number that a reader could notice, page by page."""
    for example, style in PAGES[:2]:
        found, missed = found_and_missed(example, style)
        print(f"{example} in {style}: {sum(found.values())} noticed, {len(missed)} missed; {dict(found)}")
        for variant in missed:
            print(f"  missed: line {variant.line}, {variant.kind}: {variant.old} -> {variant.new}")
