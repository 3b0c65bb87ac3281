"""Commands that say what there is."""

from __future__ import annotations

from argparse import Namespace


def styles(chosen: Namespace) -> int:
    """List the names that a spec and the command line may use, each with a line about it."""
    from symback import shipped

    listed = {
        "styles": {name: shipped.style_title(name) for name in shipped.styles()},
        "notations": {name: shipped.notation_title(name) for name in shipped.notations()},
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

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
