"""The reference of a spec, as Markdown: every key from the model, every name and entry from the tables behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from symback import resources
from symback.notation.notation import load_notation
from symback.rules.activations import ACTIVATIONS, function_form
from symback.rules.losses import LOSSES, value_forms
from symback.rules.penalties import PENALTIES, penalty_front, penalty_slope, penalty_term
from symback.spec.reference_words import (
    ABOUT,
    ENTRIES,
    EQUATIONS,
    IDS,
    NOTATIONS,
    NUMBERS,
    PATTERNS,
    PLACES,
    QUANTITIES,
    RULES,
    STYLES,
)
from symback.spec.schema import json_schema
from symback.spec.words import listed
from symback.written.latex import LatexPrinter
from symback.written.nodes import IndexedSum, Product, Symbol, Written

Schema = Mapping[str, Any]
Row = tuple[str, ...]

NOTHING: tuple[Any, ...] = ("", None, {}, [])
WORDS = {
    "integer": ("whole number", "whole numbers"),
    "boolean": ("true or false", "truth values"),
    "string": ("text", "texts"),
    "number": ("number", "numbers"),
}


def reference() -> str:
    """Return the reference: the sections of a spec, then the names that may stand in it."""
    schema = json_schema()
    parts = [
        "# The spec",
        ABOUT,
        *_sections(schema, schema["$defs"], ""),
        "## Activations and losses",
        RULES,
        table(("`activation`", "$f(x)$", "kink at"), _activations()),
        table(("`loss`", "name", "term of one output"), _losses()),
        table(("`loss.penalty`", "$R$", "gradient by one parameter"), _penalties()),
        "## Equations",
        EQUATIONS,
        "## Names of quantities",
        QUANTITIES,
        table(("id", "quantity"), IDS.items()),
        "## Digits",
        NUMBERS,
        "## Styles",
        STYLES,
        table(("style", "page", "notation", "options"), _styles()),
        "## Entries of a notation",
        NOTATIONS,
        table(("entry", "what it says"), ((f"`{name}`", words) for name, words in ENTRIES.items())),
        "### Patterns for symbols",
        PATTERNS,
        table(("place", "what is filled in"), ((f"`<{place}>`", words) for place, words in PLACES.items())),
        "### The notations that there are",
        table(("entry", *(f"`{name}`" for name in resources.notations())), _presets()),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _sections(section: Schema, definitions: Schema, path: str) -> Iterator[str]:
    """Yield the table of a section, then the sections within it."""
    if path:
        yield f"## `{path}`\n\n{section['description']}"
    required = section.get("required", ())
    either = {key for way in section.get("anyOf", ()) for key in way["required"]}
    rows = []
    for key, field in section["properties"].items():
        default = (
            "**required**"
            if key in required
            else "**required** [either way](#the-spec)"
            if key in either
            else _default(field)
        )
        examples = ", ".join(f"`{_spelled(example)}`" for example in field.get("examples", ()))
        kinds = listed(_kinds(field, f"{path}.{key}"))
        rows.append((f"`{key}`", kinds, default, field["description"], examples))
    yield table(("key", "value", "default", "meaning", "example"), rows)
    for key, field in section["properties"].items():
        for name in _references(field):
            yield from _sections(definitions[name], definitions, f"{path}.{key}".strip("."))


def _references(field: Schema) -> Iterator[str]:
    """Yield the names of the sections that may stand under a key."""
    if "$ref" in field:
        yield field["$ref"].rpartition("/")[2]
    for part in (field.get("items"), field.get("additionalProperties"), *field.get("anyOf", ())):
        if isinstance(part, Mapping):
            yield from _references(part)


def _kinds(field: Schema, path: str, plural: bool = False) -> list[str]:
    """Return in words what may stand at a path, with its range; null and words like those listed go unsaid."""
    if "$ref" in field:
        return [f"[section{'s' * plural}](#{path.replace('.', '')})"]
    if "anyOf" in field:
        named = any("enum" in part for part in field["anyOf"])
        unsaid = ({"type": "null"}, {"type": "string"} if named else None)
        return [kind for part in field["anyOf"] if part not in unsaid for kind in _kinds(part, path, plural)]
    if "const" in field or "enum" in field:
        return [f"`{word}`" for word in field.get("enum", (field.get("const"),))]
    kind = field["type"]
    if kind == "array":
        items = listed(_kinds(field["items"], path, plural=True))
        return [f"list{'s' * plural} of {items}{_range(field, 'minItems', 'maxItems')}"]
    if kind == "object" and "additionalProperties" not in field:
        return [f"spec{'s' * plural}"]
    if kind == "object":
        return [f"names with {listed(_kinds(field['additionalProperties'], path, plural=True))}"]
    singular, several = WORDS[kind] if isinstance(kind, str) else WORDS["number"]
    limits = _range(field, "minimum", "maximum") + _range(field, "minLength", "maxLength", " characters")
    return [(several if plural else singular) + limits]


def _range(field: Schema, least: str, most: str, unit: str = "") -> str:
    if least in field and most in field:
        return f", {field[least]} to {field[most]}{unit}"
    if most in field:
        return f", at most {field[most]}{unit}"
    return f", at least {field[least]}{unit}" if least in field else ""


def _default(field: Schema) -> str:
    if "$ref" in field:
        return "its defaults"
    return "none" if field["default"] in NOTHING else f"`{_spelled(field['default'])}`"


def _spelled(value: Any) -> str:
    """Return a value as YAML spells it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_spelled(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _activations() -> Iterator[Row]:
    for row in ACTIVATIONS.values():
        yield f"`{row.name}`", _mathematics(function_form(row)), _code(row.kinks)


def _losses() -> Iterator[Row]:
    for row in LOSSES.values():
        yield f"`{row.name}`", row.title, _mathematics(value_forms(row, Fraction(1))["stated"])


def _penalties() -> Iterator[Row]:
    factor, weight = Symbol("\\lambda"), Symbol("w")
    for row in PENALTIES.values():
        value = Product((penalty_front(row, factor), IndexedSum(penalty_term(row, weight), weight)), juxtaposed=True)
        yield f"`{row.name}`", _mathematics(value), _mathematics(penalty_slope(row, factor, weight))


def _mathematics(form: Written) -> str:
    return f"${LatexPrinter(Symbol).print(form)}$"


def _styles() -> Iterator[Row]:
    for name in resources.styles():
        plan = resources.data(resources.TEMPLATES / "styles" / name / "plan.yaml")
        options = (f"{key}: {default}" for key, default in plan.get("options", {}).items())
        yield f"`{name}`", plan["title"], f"`{plan['notation']}`", _code(options)


def _presets() -> Iterator[Row]:
    presets = [load_notation(name) for name in resources.notations()]
    for name in ENTRIES:
        yield f"`{name}`", *(_code(filter(None, [getattr(preset, name)]), nothing="") for preset in presets)


def _code(words: Iterable[str], nothing: str = "none") -> str:
    return ", ".join(f"`{word}`" for word in words) or nothing


def table(header: Row, rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
