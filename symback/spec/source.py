"""From the text of a spec to a plain Python tree in which every value has its place on the page.

Scalars keep their text: ``0.10`` stays ``0.10``, ``yes`` stays a word and ``on:`` a key. Only ``null``, ``~`` and an
empty value are None, only ``true`` and ``false`` are truth values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from symback.spec.encoding import decode
from symback.spec.problems import Path, Problem, show

MOST_DEPTH = 64
MOST_VALUES = 20_000

LOADERS = tuple(dict.fromkeys((getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)))
"""PyYAML's event parsers, the compiled one first; what is wrong with a text is always said by the last."""

TAB_FOUND, TAB_HINT = "found character '\\t'", "blanks: YAML is not indented with tabs"
ENDLESS = "found unexpected end of stream"
STANDARD_TAG = "tag:yaml.org,2002:"
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
"""Plain scalars that are not text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value begins, line and character counted from 1.

    ``text_column`` is where the text of a scalar begins, or 0 if the text does not stand on the page as it is
    (escapes, several lines).
    """

    line: int
    column: int
    text_column: int = 0


@dataclass(slots=True)
class Source:
    """A text that was read: the tree, the places of its values and keys, what is wrong, and which values are lost."""

    tree: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: set[Path] = field(default_factory=set)

    def report(self, mark: Any, path: Path, came: str, expected: str) -> None:
        """Add a problem at a place of the text."""
        self.problems.append(Problem(path, came, expected, line=mark.line + 1, column=mark.column + 1))


def placed(problem: Problem, source: Source) -> Problem:
    """Return the problem with the place in the text of the value or key that it is about."""
    places = source.keys if problem.at_key else source.values
    path = problem.path
    while path and path not in places:
        path = path[:-1]
    place = places.get(path, Place(1, 1))
    column = place.text_column + problem.offset if problem.offset and place.text_column else place.column
    return replace(problem, line=place.line, column=column)


class _TooMuchError(Exception):
    """A text that passes a limit, at which reading stops: PyYAML takes minutes over a file of opening brackets."""

    def __init__(self, mark: Any, limit: str) -> None:
        super().__init__(limit)
        self.mark, self.limit = mark, limit


def read_source(content: bytes) -> Source:
    """Read YAML into a tree of dicts, lists, texts, truth values and None.

    Anchors, aliases, tags, duplicate keys, a second document and whatever is not YAML are among the problems of the
    result; its tree is None if the text cannot be read to the end.
    """
    text, problems = decode(content)
    if problems:
        return Source(problems=problems)
    for loader in LOADERS:
        source = Source()
        try:
            source.tree = _stream(_limited(yaml.parse(text, Loader=loader)), source)
            return source
        except _TooMuchError as error:
            source.report(error.mark, (), f"more than {error.limit}", f"at most {error.limit}")
            return source
        except yaml.MarkedYAMLError as error:
            begun = f", {error.context} begun on line {error.context_mark.line + 1}" if error.context_mark else ""
            expected = TAB_HINT if f"{error.problem}".startswith(TAB_FOUND) else "YAML"
            endless = error.problem == ENDLESS and error.context_mark
            source.report(
                endless or error.problem_mark, (), f"text that is not YAML ({error.problem}{begun})", expected
            )
    return source


def _limited(events: Iterator[Any]) -> Iterator[Any]:
    """Yield the events as long as they keep within the limits of depth and number."""
    depth = values = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if depth > MOST_DEPTH:
            raise _TooMuchError(event.start_mark, f"{MOST_DEPTH} levels")
        if values > MOST_VALUES:
            raise _TooMuchError(event.start_mark, f"{MOST_VALUES:,} values")
        yield event


def _stream(events: Iterator[Any], source: Source) -> Any:
    """Return the tree of the first document, and report any other."""
    tree, documents = None, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                source.report(event.start_mark, (), "a second document", "one document")
                break
        elif isinstance(event, yaml.NodeEvent):
            tree = _value(event, events, (), source)
    return tree


def _value(event: Any, events: Iterator[Any], path: Path, source: Source) -> Any:
    """Return the value that begins with `event`, taking its other events from `events`."""
    mark = event.start_mark
    if isinstance(event, yaml.AliasEvent):
        source.report(mark, path, f"the alias *{event.anchor}", "the value itself, written out")
        source.lost.add(path)
        return None
    if event.anchor is not None:
        source.report(mark, path, f"the anchor &{event.anchor}", "a value without an anchor")
    if event.tag is not None:
        source.report(mark, path, f"the tag {event.tag.replace(STANDARD_TAG, '!!')}", "a value without a tag")
    source.values[path] = _place(event)
    if isinstance(event, yaml.ScalarEvent):
        return WORDS.get(event.value, event.value) if not event.style else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events, (*path, number), source) for number, item in enumerate(_items(events))]
    return _mapping(events, path, source)


def _mapping(events: Iterator[Any], path: Path, source: Source) -> dict[str, Any]:
    """Return the mapping whose start event was taken last; of two equal keys the first counts."""
    mapping: dict[str, Any] = {}
    for event in _items(events):
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                _skip(events)
            source.report(event.start_mark, path, "a key that is not a word", "a word as key")
            _value(next(events), events, (*path, ""), Source())
            continue
        key, inner = event.value, (*path, event.value)
        if key in mapping:
            came = f"the key {show(key)} a second time (first on line {source.keys[inner].line})"
            source.report(event.start_mark, inner, came, "each key once")
            _value(next(events), events, inner, Source())
        else:
            source.keys[inner] = _place(event)
            mapping[key] = _value(next(events), events, inner, source)
    return mapping


def _items(events: Iterator[Any]) -> Iterator[Any]:
    """Yield first events of what a list or mapping holds, until its end."""
    while not isinstance(event := next(events), yaml.CollectionEndEvent):
        yield event


def _skip(events: Iterator[Any]) -> None:
    """Take the events of a list or mapping up to its end."""
    depth = 1
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _place(event: Any) -> Place:
    """Return the place of an event, and that of its text if all of it stands there as it is."""
    start, end = event.start_mark, event.end_mark
    if not isinstance(event, yaml.ScalarEvent):
        return Place(start.line + 1, start.column + 1)
    quote = 1 if event.style else 0
    as_it_is = start.line == end.line and end.column - start.column == len(event.value) + 2 * quote
    return Place(start.line + 1, start.column + 1, start.column + 1 + quote if as_it_is else 0)
