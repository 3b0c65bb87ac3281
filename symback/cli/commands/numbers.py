"""Commands that print the numbers and formulas of a network."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

TYPE_CHECKING = False  # what typing says of itself, without loading it
if TYPE_CHECKING:
    from typing import Any


def evaluate(chosen: Namespace) -> int:
    """Print every number of a network, exactly."""
    import json

    from symback import api
    from symback.spec.templates import templates_in

    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    numbers = api.evaluate(spec, templates)
    if chosen.format == "json":
        print(json.dumps(numbers, indent=2))
        return 0
    for part in numbers.get("parts", [numbers]):
        if part is not numbers:
            print(f"# {part['title']}")
        _print_numbers(part)
    return 0


def _print_numbers(numbers: Mapping[str, Any]) -> None:
    if "output" in numbers:
        print(f"{numbers['output']} = {numbers['value']}")
    else:
        print(f"loss = {numbers['loss']}")
    for section in ("values", "gradients", "updated"):
        if numbers[section]:
            print(f"\n{section}:")
        for name, number in numbers[section].items():
            print(f"  {name} = {number}")


def check(chosen: Namespace) -> int:
    """Compare every gradient with differences and with float64; 1 if one disagrees."""
    import json
    from collections import Counter
    from dataclasses import asdict

    from symback import api
    from symback.document.parts import contradictions_of
    from symback.spec.templates import templates_in

    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    findings = api.check(spec, templates)
    contradicting = [{"part": part, **found.texts()} for part, found in contradictions_of(spec, templates)]
    wrong = sum(finding.verdict == "disagrees" for finding in findings)
    if chosen.format == "json":
        found = {"findings": [asdict(finding) for finding in findings], "contradictions": contradicting}
        print(json.dumps({"schema": 1, **found}, indent=2))
        return 1 if wrong else 0
    several = any(len(network.samples or network.data) > 1 for network in spec.networks)
    for finding in findings:
        where = [f"{word} {number}: " for word, number in (("part", finding.part), ("step", finding.step)) if number]
        place = "".join(where) + (f"{finding.parameter}@{finding.sample}" if several else finding.parameter)
        numbers = f"gradient {finding.gradient}, difference {finding.difference}, float64 {finding.float64}"
        print(f"{place}: {finding.verdict}" + (f"; {numbers}" if finding.gradient else ""))
    for each in contradicting:
        part = f"part {each['part']}: " if each["part"] else ""
        place = f"{part}{each['quantity']}" + (f"@{each['sample']}" if several else "")
        print(f"{place}: contradiction; stated {each['stated']}, but the other numbers give {each['worked_out']}")
    counts = Counter(finding.verdict for finding in findings)
    print(
        f"{len(findings)} gradients: {counts['agrees']} agree, {wrong} disagree, "
        f"{counts['kink']} at a kink, {counts['unknown']} unknown"
    )
    return 1 if wrong else 0


def formulas(chosen: Namespace) -> int:
    """Print the exact formula of every gradient, or of one, a line each."""
    from symback import api
    from symback.spec.templates import templates_in

    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    in_parameters = chosen.within == "parameters"
    texts = api.formula_texts(spec, chosen.format, in_parameters, chosen.parameter, templates)
    for name, text in texts.items():
        print(f"{name} = {text}")
    return 0
