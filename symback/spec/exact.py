"""Exact decimals that keep the spelling of their author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any, Literal, SupportsIndex

from pydantic_core import CoreSchema, core_schema

from symback.spec.problems import RefusedError, nearest, show

MOST_DIGITS = 30
MOST_DECIMALS = 30
LARGEST = 10**12

A_DECIMAL = "a decimal number such as 2, -0.4 or 1e-3"
A_POSITIVE = "a number greater than 0"
A_RATIO = "a decimal number greater than 0, or a fraction that is one, such as 1/20"
A_FACTOR = "a decimal number, a fraction of whole numbers such as 1/2, or 1/n or 1/(2n)"
LIMITS = f"a number of at most {MOST_DIGITS} digits and {MOST_DECIMALS} decimals, no larger than 10^12"

DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
FRACTION = re.compile(r"\+?([0-9]{1,30})/([0-9]{1,30})")
SHARE = re.compile(r"([0-9]{1,9})/(?:n|\(([0-9]{1,9})\*?n\))")
NOT_FINITE = re.compile(r"[+-]?\.?(nan|inf|infinity)", re.IGNORECASE)

JSON_SCHEMA = {"type": ["number", "string"]}


@dataclass(frozen=True, slots=True)
class ExactNumber:
    """A decimal with the spelling it has on the page: ``2.0`` and ``2`` are different, equal numbers.

    ``text`` matches ``-?digits[.digits]``; that of a factor may also be ``digits/digits``. Text that comes from
    outside is read by `read_decimal` and `read_factor`.
    """

    text: str

    @property
    def value(self) -> Fraction:
        """The exact value of the text."""
        return Fraction(self.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        """Let pydantic read fields of this type with `read_decimal`, and write them as text."""
        text = core_schema.plain_serializer_function_ser_schema(lambda number: number.text)
        return core_schema.no_info_plain_validator_function(read_decimal, serialization=text)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        """Tell editors that a number may also be written as text."""
        return dict(JSON_SCHEMA)


@dataclass(frozen=True, slots=True)
class Share:
    """A factor with the number of outputs in its denominator: ``1/n`` or ``1/(2n)``."""

    text: str
    whole: Fraction

    def of(self, outputs: int) -> Fraction:
        """Return the factor for so many outputs."""
        return self.whole / outputs


def read_decimal(value: object) -> ExactNumber:
    """Read a decimal exactly: text and ``Decimal`` as they stand, a float as its shortest spelling.

    A leading plus and needless leading zeros are dropped, a missing zero before the point is set, an exponent is
    written out, and minus zero is zero; all other digits stay.

    Raises
    ------
    RefusedError
        If it is not a finite decimal of at most 30 significant digits, 30 decimals and 10^12 in size.
    """
    text = _text_of(value)
    match = DECIMAL.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        finite = "a finite number: " if NOT_FINITE.fullmatch(text) else ""
        raise RefusedError(show(value), finite + A_DECIMAL)
    sign, decimals, exponent = match[1], match[3] or "", match[4] or "0"
    digits = (match[2] + decimals).lstrip("0")
    if len(digits) > MOST_DIGITS or len(decimals) > 2 * MOST_DECIMALS or len(exponent) > 4:
        raise RefusedError(show(value), LIMITS)
    places = len(decimals) - int(exponent)
    if not -MOST_DIGITS <= places <= MOST_DECIMALS or int(digits or 0) > LARGEST * Fraction(10) ** places:
        raise RefusedError(show(value), LIMITS)
    minus = "-" if sign == "-" and digits else ""
    if places <= 0:
        return ExactNumber(minus + (digits + "0" * -places if digits else "0"))
    digits = digits.rjust(places + 1, "0")
    return ExactNumber(f"{minus}{digits[:-places]}.{digits[-places:]}")


def read_positive(value: object) -> ExactNumber:
    """Read a decimal greater than 0.

    Raises
    ------
    RefusedError
        If it is not one.
    """
    number = read_decimal(value)
    if number.value <= 0:
        raise RefusedError(show(value), A_POSITIVE)
    return number


def read_positive_ratio(value: object) -> ExactNumber:
    """Read a number greater than 0: a decimal, or a fraction of whole numbers that is one, which it becomes.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    match = FRACTION.fullmatch(value.replace(" ", "")) if isinstance(value, str) else None
    if match is None or not int(match[2]):
        return read_positive(value)
    try:
        return read_positive(Fraction(int(match[1]), int(match[2])))
    except RefusedError:
        raise RefusedError(show(value), A_RATIO) from None


def read_entry(value: object) -> ExactNumber | Literal["absent"]:
    """Read a decimal, or the word absent.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    if value == "absent":
        return "absent"
    try:
        return read_decimal(value)
    except RefusedError as error:
        meant = error.nearest or (nearest(value, ["absent"]) if isinstance(value, str) else "")
        raise RefusedError(error.came, error.expected, meant, error.offset) from None


def read_factor(value: object) -> ExactNumber | Share:
    """Read a decimal greater than 0, a fraction of whole numbers, which stays a fraction, or a share of the outputs.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    text = value.text if isinstance(value, ExactNumber | Share) else value
    if isinstance(text, Fraction) and text.denominator > 1:
        text = str(text)
    if not (isinstance(text, str) and "/" in text):
        return read_positive(value)
    plain = text.replace(" ", "")
    share = SHARE.fullmatch(plain)
    if share is not None and int(share[1]) and int(share[2] or 1):
        return Share(plain.replace("*", ""), Fraction(int(share[1]), int(share[2] or 1)))
    match = FRACTION.fullmatch(plain)
    if match is None or not int(match[2]):
        raise RefusedError(show(value), A_FACTOR)
    numerator, denominator = int(match[1]), int(match[2])
    if not numerator:
        raise RefusedError(show(value), A_POSITIVE)
    if numerator > LARGEST * denominator:
        raise RefusedError(show(value), LIMITS)
    return ExactNumber(f"{numerator}/{denominator}")


def _text_of(value: object) -> str:
    """Return the text in which a value spells its number."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, ExactNumber):
        return value.text
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (Fraction, SupportsIndex)):
        raise RefusedError(show(value), A_DECIMAL)
    return _text_of_rational(value if isinstance(value, Fraction) else Fraction(index(value)))


def _text_of_rational(value: Fraction) -> str:
    """Return the decimal that equals `value`, if there is one within the limits."""
    places = next((places for places in range(MOST_DECIMALS + 1) if 10**places % value.denominator == 0), None)
    if places is None or abs(value) > LARGEST:
        raise RefusedError(show(value), LIMITS)
    return f"{value * 10**places}e-{places}"
