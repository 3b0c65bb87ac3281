"""Writing a spec as YAML: the keys that its author set, in the order of the reference, numbers as they are spelled.

Loading the text gives an equal spec. A section stands on one line where it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from symback.spec.exact import ExactNumber, Share
from symback.spec.model import Spec

WIDTH = 100
ALWAYS_BLOCKS = {"equations", "samples", "parts", "network", "layers", "parameters", "weights", "data"}
"""Keys whose values stand below them even where a line would do."""

SHORT_FORMS = {"loss": "kind", "notation": "preset", "style": "name"}
"""The key that may stand alone for its section."""

PLAIN = re.compile(r"[A-Za-z](?:(?:[A-Za-z0-9 _.*/+=^()-]|\?(?=\.))*[A-Za-z0-9_.*)])?", re.ASCII)
NOT_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that some reader of YAML does not take for text."""


def dump(spec: Spec, comment: str = "") -> str:
    """Return `spec` as the text of a file, under a line of comment if there is one."""
    tree = _tree(spec)
    if spec.parts:
        networks = zip(spec.parts, map(_tree, spec.networks), strict=True)
        tree["parts"] = [{key: value for key, value in network.items() if key in part} for part, network in networks]
    head = [f"# {comment}"] if comment else []
    return "\n".join([*head, *_block(tree, WIDTH)]) + "\n"


def _tree(value: Any) -> Any:
    """Return a part of a spec as mappings, lists and scalars, without what its author left out."""
    if isinstance(value, BaseModel):
        return dict(_keys(value))
    if isinstance(value, Mapping):
        return {key: _tree(inner) for key, inner in value.items()}
    return [_tree(item) for item in value] if isinstance(value, tuple) else value


def _keys(section: BaseModel) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a section and what stands under them."""
    for name, field in type(section).model_fields.items():
        if name not in section.model_fields_set:
            continue
        inner = _tree(getattr(section, name))
        if name in SHORT_FORMS and isinstance(inner, dict) and list(inner) == [SHORT_FORMS[name]]:
            inner = inner[SHORT_FORMS[name]]
        elif name == "activation" and len(inner) == 1:
            (inner,) = inner
        elif name == "biases":
            inner = [vector or None for vector in inner] or None
        yield field.alias or name, inner
    yield from (section.__pydantic_extra__ or {}).items()


def _block(value: Any, width: int) -> list[str]:
    """Return the lines of a mapping or list, each of whose values stands on a line of its own or below its key."""
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in _entry(key, inner, width)]
    return [line for item in value for line in _item(item, width)]


def _entry(key: str, value: Any, width: int) -> list[str]:
    line = f"{_key(key)}: {_flow(value)}"
    if key not in ALWAYS_BLOCKS and (not _is_nested(value) or len(line) <= width):
        return [line]
    return [f"{_key(key)}:", *("  " + inner for inner in _block(value, width - 2))]


def _item(value: Any, width: int) -> list[str]:
    line = f"- {_flow(value)}"
    if not _is_nested(value) or len(line) <= width:
        return [line]
    first, *others = _block(value, width - 2)
    return [f"- {first}", *(f"  {line}" for line in others)]


def _is_nested(value: Any) -> bool:
    """Say whether a value can stand on several lines: a row of numbers never does."""
    return isinstance(value, (dict, list)) and (
        (isinstance(value, dict) and bool(value)) or any(isinstance(item, (dict, list)) for item in value)
    )


def _flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]" if isinstance(value, list) else _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, ExactNumber | Share):
        return value.text
    if isinstance(value, int):
        return str(value)
    return _quoted(value) if value.lower() in NOT_TEXT else _key(value)


def _key(text: str) -> str:
    """Return a word as it stands, or in quotes where YAML asks for them; keys of a spec are never more than words."""
    return text if PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return text in double quotes; what cannot be seen is escaped."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
