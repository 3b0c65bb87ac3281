"""Commands that say what there is."""

from __future__ import annotations

import json
from argparse import Namespace

from symback import resources


def styles(chosen: Namespace) -> int:
    """List the names that a spec and the command line may use, each with a line about it."""
    templates = _templates(chosen)
    plans = {name: templates.file(resources.plan_name(name)) for name in resources.styles(templates)}
    notations = {name: templates.file(resources.notation_name(name)) for name in resources.notations(templates)}
    listed = {
        "styles": {name: resources.style_title(path) for name, path in plans.items()},
        "notations": {name: resources.first_comment(path) for name, path in notations.items()},
        "examples": {name: resources.first_comment(resources.example_file(name)) for name in resources.examples()},
    }
    if chosen.format == "json":
        rows = {kind: [{"name": name, "title": title} for name, title in of.items()] for kind, of in listed.items()}
        print(json.dumps({"schema": 1, **rows}, indent=2, ensure_ascii=False))
        return 0
    width = max(len(name) for of in listed.values() for name in of)
    for kind, of in listed.items():
        print(f"{kind}:")
        for name, title in of.items():
            print(f"  {name:{width}}  {title}".rstrip())
    return 0


def schema(chosen: Namespace) -> int:
    """Print the JSON Schema of a spec."""
    from symback.spec.schema import json_schema

    print(json.dumps(json_schema(_templates(chosen)), indent=2, ensure_ascii=False))
    return 0


def _templates(chosen: Namespace) -> resources.Templates:
    """Return the templates; those of symback alone need nothing to be read or imported."""
    if chosen.templates is None:
        return resources.BUILT_IN
    from symback.spec.templates import templates_in

    return templates_in(chosen.templates)
