"""Readers of single words and numbers of a spec: what a field takes beyond its plain type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import index
from typing import SupportsIndex

from pydantic import BaseModel, ValidationInfo

from symback import resources
from symback.notation.pattern import PatternError, pattern
from symback.rules.activations import ACTIVATIONS, INPUT
from symback.rules.losses import LOSSES
from symback.rules.penalties import PENALTIES
from symback.spec.encoding import FORBIDDEN
from symback.spec.problems import RefusedError, nearest, show
from symback.written.reader import read
from symback.written.tokens import ExpressionError

NOT_ON_A_LINE = re.compile(f"{FORBIDDEN.pattern}|[\n\r\t\u2028\u2029]")
WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
WORD = re.compile(r"[^\W\d_]{2}[\w -]*")
LOSS_NAME = re.compile(r"\\[A-Za-z]{1,20}|[^\W\d_]{1,30}")


def read_whole(value: object) -> int:
    """Read a whole number from its text or from a Python integer.

    Raises
    ------
    RefusedError
        If it is anything else.
    """
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise RefusedError(show(value), "a whole number")
    return index(value)


WHAT_IS_LEARNED_FROM = ("batch", "each")


def read_bias(value: object) -> object:
    """Read whether and how neurons add biases: true, false, shared or input.

    Raises
    ------
    RefusedError
        If it is anything else.
    """
    if isinstance(value, bool) or value in ("shared", "input"):
        return value
    known = nearest(value, ["true", "false", "shared", "input"]) if isinstance(value, str) else ""
    raise RefusedError(show(value), "true, false, shared or input", known)


def read_batch(value: object) -> int | str:
    """Read the word batch or each, or the number of a sample.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    if isinstance(value, str) and value in WHAT_IS_LEARNED_FROM:
        return value
    try:
        return read_whole(value)
    except RefusedError:
        known = nearest(value, WHAT_IS_LEARNED_FROM) if isinstance(value, str) else ""
        raise RefusedError(show(value), "batch, each or the number of a sample", known) from None


def check_line(text: str) -> str:
    """Accept text on one line without control characters; blanks at its end are dropped.

    Raises
    ------
    RefusedError
        If it holds such a character, with its offset.
    """
    text = text.rstrip()
    if found := NOT_ON_A_LINE.search(text):
        raise RefusedError(show(text), "text on one line, without control characters", offset=found.start())
    return text


def check_symbol(text: str) -> str:
    """Accept the pattern of one symbol, such as ``w_1`` or ``z^(2)``, which has no places to fill in.

    Raises
    ------
    RefusedError
        If it is no pattern or has places.
    """
    try:
        places = pattern(text).places
    except PatternError as error:
        raise RefusedError(show(text), str(error)) from None
    if places:
        raise RefusedError(show(text), f"a symbol, without the place <{places[0]}>")
    return text


def check_activation(text: str) -> str:
    """Accept the name of a known activation, or an expression in ``x`` such as ``2*x``.

    Raises
    ------
    RefusedError
        If it is neither; the offset says where an expression cannot be read.
    """
    if text in ACTIVATIONS:
        return text
    names = f"{listed(ACTIVATIONS)} or an expression in {INPUT} such as 2*{INPUT}"
    try:
        read(text, names={INPUT})
    except ExpressionError as error:
        if WORD.fullmatch(text):
            raise RefusedError(show(text), names, nearest(text, ACTIVATIONS)) from None
        came, meant = f"{show(text)} ({error.message})", error.suggestion or ""
        raise RefusedError(came, names, meant, offset=error.column - 1) from None
    if not re.search(rf"(?<![A-Za-z]){INPUT}(?![A-Za-z])", text):
        raise RefusedError(show(text), names)
    return text


def check_kinked(text: str) -> str:
    """Accept the name of an activation whose derivative is missing at some point.

    Raises
    ------
    RefusedError
        If there is no such activation.
    """
    return check_known(text, [name for name, row in ACTIVATIONS.items() if row.kinks])


def check_version(version: int) -> int:
    """Accept the version of the format that there is.

    Raises
    ------
    RefusedError
        If it is another one.
    """
    if version != 1:
        raise RefusedError(show(version), "1, the only version there is")
    return version


def check_loss(text: str) -> str:
    """Accept the name of a known loss.

    Raises
    ------
    RefusedError
        If there is no such loss.
    """
    return check_known(text, LOSSES)


def check_penalty(text: str) -> str:
    """Accept the name of a known penalty.

    Raises
    ------
    RefusedError
        If there is no such penalty.
    """
    return check_known(text, PENALTIES)


def check_question(text: str, info: ValidationInfo) -> str:
    """Accept a kind of question that worksheets know; the context of the validation may be templates.

    Raises
    ------
    RefusedError
        If there is no such kind.
    """
    templates = info.context or resources.BUILT_IN
    return check_known(text, resources.data(templates.file(resources.SHEET))["questions"])


def check_language(text: str, info: ValidationInfo) -> str:
    """Accept the code of a language that pages can be in; the context of the validation may be templates.

    Raises
    ------
    RefusedError
        If there is no such language.
    """
    return check_known(text, resources.languages(info.context or resources.BUILT_IN))


def check_known(text: str, known: Iterable[str]) -> str:
    """Accept one of the `known` words.

    Raises
    ------
    RefusedError
        If it is none of them.
    """
    known = tuple(known)
    if text not in known:
        raise RefusedError(show(text), listed(known), nearest(text, known))
    return text


def check_loss_name(text: str) -> str:
    """Accept what a page may call the loss: a word of letters, or a LaTeX command without arguments.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    if not LOSS_NAME.fullmatch(text):
        raise RefusedError(show(text), "a word of letters or a LaTeX command such as \\ell")
    return text


def at_key(key: str) -> Callable[[object], object]:
    """Return a reader that takes a name alone for a mapping with only that `key`."""

    def read_short_form(value: object) -> object:
        if isinstance(value, (Mapping, BaseModel)):
            return value
        if not isinstance(value, str):
            raise RefusedError(show(value), f"a name, or a mapping with the key {key}")
        return {key: value}

    return read_short_form


def listed(words: Iterable[str]) -> str:
    """Return the words as an enumeration: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
