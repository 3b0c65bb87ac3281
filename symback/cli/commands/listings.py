"""Commands that say what there is."""

from __future__ import annotations

from argparse import Namespace

from symback import shipped


def styles(chosen: Namespace) -> int:
    """List the names that a spec and the command line may use, each with a line about it."""
    roots = shipped.ROOTS if chosen.templates is None else _roots(chosen.templates)
    listed = {
        "styles": {name: shipped.style_title(roots, name) for name in shipped.styles(roots)},
        "notations": {name: shipped.notation_title(roots, name) for name in shipped.notations(roots)},
        "examples": {name: shipped.example_title(name) for name in shipped.examples()},
    }
    if chosen.format == "json":
        import json

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
    import json

    from symback.spec.schema import json_schema
    from symback.spec.templates import templates_in

    print(json.dumps(json_schema(templates_in(chosen.templates)), indent=2, ensure_ascii=False))
    return 0


def _roots(folder: str) -> shipped.Roots:
    """Return the folders of templates where there is one of the author's own, which is read and checked."""
    from symback.spec.templates import templates_in

    return templates_in(folder).roots
