"""The commands, one function each."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from symback import resources

if TYPE_CHECKING:
    from symback.spec.model import Spec


def render(chosen: Namespace) -> int:
    """Write the page of a spec in each format asked for, and print the paths."""
    spec = _load(chosen)
    from symback import api
    from symback.output.files import slug

    formats = tuple(part.strip() for part in chosen.to.split(","))
    if chosen.output == "-":
        for extension in formats:
            sys.stdout.write(api.render(spec, extension, chosen.style, chosen.notation, chosen.kind))
        return 0
    stem = "page" if chosen.spec == "-" else slug(Path(chosen.spec).stem)
    if chosen.style:
        stem += f".{chosen.style}"
    if chosen.kind != "handout":
        stem += f".{chosen.kind}"
    for path in api.write_pages(spec, chosen.output, stem, formats, chosen.style, chosen.notation, chosen.kind):
        print(path)
    return 0


def evaluate(chosen: Namespace) -> int:
    """Print every number of a network, exactly."""
    spec = _load(chosen)
    from symback import api

    numbers = api.evaluate(spec)
    if chosen.format == "json":
        print(json.dumps(numbers, indent=2))
        return 0
    print(f"loss = {numbers['loss']}")
    for section in ("values", "gradients", "updated"):
        if numbers[section]:
            print(f"\n{section}:")
        for name, number in numbers[section].items():
            print(f"  {name} = {number}")
    return 0


def check(chosen: Namespace) -> int:
    """Compare every gradient with differences and with float64; 1 if one disagrees."""
    spec = _load(chosen)
    from symback import api

    findings = api.check(spec)
    wrong = sum(finding.verdict == "disagrees" for finding in findings)
    if chosen.format == "json":
        print(json.dumps({"schema": 1, "findings": [asdict(finding) for finding in findings]}, indent=2))
        return 1 if wrong else 0
    several = len(spec.data) > 1
    for finding in findings:
        place = f"{finding.parameter}@{finding.sample}" if several else finding.parameter
        numbers = f"gradient {finding.gradient}, difference {finding.difference}, float64 {finding.float64}"
        print(f"{place}: {finding.verdict}" + (f"; {numbers}" if finding.gradient else ""))
    counts = Counter(finding.verdict for finding in findings)
    print(
        f"{len(findings)} gradients: {counts['agrees']} agree, {wrong} disagree, "
        f"{counts['kink']} at a kink, {counts['unknown']} unknown"
    )
    return 1 if wrong else 0


def styles(chosen: Namespace) -> int:
    """List the names that a spec and the command line may use."""
    listed = {"styles": resources.styles(), "notations": resources.notations(), "examples": resources.examples()}
    for kind, names in listed.items():
        print(f"{kind}: {', '.join(names)}")
    return 0


def schema(chosen: Namespace) -> int:
    """Print the JSON Schema of a spec."""
    from symback.spec.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0


def gallery(chosen: Namespace) -> int:
    """Write all examples in all formats, and print the paths."""
    from symback.output.gallery import write_gallery

    for path in write_gallery(Path(chosen.output)):
        print(path)
    return 0


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "render": render,
    "evaluate": evaluate,
    "check": check,
    "styles": styles,
    "schema": schema,
    "gallery": gallery,
}
"""Every command by its word."""


def _load(chosen: Namespace) -> Spec:
    from symback.spec.load import load_file

    return load_file(chosen.spec)
