"""The commands, one function each."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
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
    formats = _formats(chosen.to)
    from symback.document.compose import compose
    from symback.output.files import slug, write_file
    from symback.render.render import render as write

    document, names = compose(spec, chosen.style, chosen.notation)
    pages = {extension: write(document, names, extension) for extension in formats}
    if chosen.output == "-":
        for text in pages.values():
            sys.stdout.write(text)
        return 0
    stem = "page" if chosen.spec == "-" else slug(Path(chosen.spec).stem)
    style = f".{chosen.style}" if chosen.style else ""
    for extension, text in pages.items():
        print(write_file(Path(chosen.output), f"{stem}{style}.{extension}", text))
    return 0


def evaluate(chosen: Namespace) -> int:
    """Print every number of a network, exactly."""
    spec = _load(chosen)
    from symback.document.compose import values_of
    from symback.values.evaluate import evaluate as numbers_of

    numbers = numbers_of(values_of(spec))
    if chosen.format == "json":
        print(json.dumps(numbers, indent=2))
        return 0
    print(f"loss = {numbers['loss']}")
    for section in ("values", "gradients", "updated"):
        print(f"\n{section}:")
        for name, number in numbers[section].items():
            print(f"  {name} = {number}")
    return 0


def check(chosen: Namespace) -> int:
    """Compare every gradient with differences and with float64; 1 if one disagrees."""
    spec = _load(chosen)
    from symback.check import check as findings_of
    from symback.document.compose import values_of

    findings = list(findings_of(values_of(spec)))
    wrong = sum(finding.verdict == "disagrees" for finding in findings)
    if chosen.format == "json":
        print(json.dumps({"schema": 1, "findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        for finding in findings:
            print(
                f"{finding.parameter}: {finding.verdict}; gradient {finding.gradient}, "
                f"central difference {finding.difference}, float64 {finding.float64}"
            )
        kinks = sum(finding.verdict == "kink" for finding in findings)
        print(f"{len(findings)} gradients: {len(findings) - wrong - kinks} agree, {wrong} disagree, {kinks} at a kink")
    return 1 if wrong else 0


def styles(chosen: Namespace) -> int:
    """List the names that a spec and the command line may use."""
    listed = {
        "styles": resources.styles(),
        "notations": resources.notations(),
        "examples": resources.examples(),
    }
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
    from symback.spec.load import known_names, load_file

    return load_file(chosen.spec, known_names())


def _formats(text: str) -> tuple[str, ...]:
    from symback.render.formats import FORMATS
    from symback.spec.problems import Problem, SpecError, nearest

    wanted = tuple(part.strip() for part in text.split(","))
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown:
        raise SpecError(
            [Problem(("--to",), repr(part), f"one of {', '.join(FORMATS)}", nearest(part, FORMATS)) for part in unknown]
        )
    return wanted
