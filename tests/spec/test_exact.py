"""Decimals stay exactly what their author wrote."""

from __future__ import annotations

import json
import math
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from symback.spec.exact import ExactNumber, read_decimal, read_factor, read_positive
from symback.spec.problems import RefusedError
from symback.spec.source import read_source

COUNT = 2_000


def random_spelling(chance: random.Random) -> str:
    """Return a decimal as a person writes it: no needless zeros in front, any number of them behind."""
    whole = str(chance.randrange(10 ** chance.randrange(1, 12)))
    decimals = "".join(chance.choices("0123456789", k=chance.randrange(0, 15)))
    sign = "-" if chance.random() < 0.5 and (whole + decimals).strip("0") else ""
    return sign + whole + ("." + decimals if decimals else "")


def test_spelling_and_value_are_kept_through_yaml():
    chance = random.Random(1)
    spellings = [random_spelling(chance) for _ in range(COUNT)]
    read = [read_decimal(text) for text in read_source(f"[{', '.join(spellings)}]".encode()).tree]
    assert [number.text for number in read] == spellings
    assert [number.value for number in read] == [Fraction(Decimal(text)) for text in spellings]


def test_other_spellings_keep_the_value_and_become_plain():
    chance = random.Random(2)
    for _ in range(COUNT):
        digits = "".join(chance.choices("0123456789", k=chance.randrange(1, 10)))
        point = chance.randrange(len(digits) + 1)
        exponent = chance.randrange(-9, 3)
        text = chance.choice(["", "+", "-"]) + digits[:point] + "." + digits[point:] + f"e{exponent:+d}"
        number = read_decimal(text)
        assert number.value == Fraction(Decimal(text))
        assert number == read_decimal(number.text), "plain decimals are their own spelling"
        assert "e" not in number.text


def test_floats_mean_their_shortest_decimal():
    chance = random.Random(3)
    for _ in range(COUNT):
        value = chance.uniform(-1, 1) * 10 ** chance.randrange(-8, 9)
        number = read_decimal(value)
        assert number.value == Fraction(Decimal(repr(value)))
        assert float(number.text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.0", "2.0"),
        ("0.10", "0.10"),
        ("-.4", "-0.4"),
        ("+2", "2"),
        ("1e-3", "0.001"),
        ("2.50e1", "25.0"),
        ("1E3", "1000"),
        ("007", "7"),
        ("1.", "1"),
        ("-0.00", "0.00"),
        ("0e2", "0"),
        (" 3 ", "3"),
        (3, "3"),
        (-3, "-3"),
        (0.1, "0.1"),
        (-0.0, "0.0"),
        (1e-7, "0.0000001"),
        (2.0, "2.0"),
        (Decimal("0.50"), "0.50"),
        (Decimal("1E+2"), "100"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction(4), "4"),
        (ExactNumber("1.50"), "1.50"),
        ("1000000000000", "1000000000000"),
        ("0.000000000000000000000000000001", "0.000000000000000000000000000001"),
        ("0.123456789012345678901234567890", "0.123456789012345678901234567890"),
    ],
)
def test_spellings(value: object, text: str):
    assert read_decimal(value).text == text


@pytest.mark.parametrize(
    "value",
    [
        *("", ".", "-", "e5", "1e", "1.2.3", "1,5", "1_000", "0x10", "1:30", "٣", "²", "1 2", "--1", "1/2", "yes"),
        *("nan", "NaN", ".nan", "inf", "-.inf", "Infinity", math.nan, math.inf, -math.inf, Decimal("NaN")),
        *(
            "1e999",
            "1e-999",
            "1e99999999",
            "1e13",
            "1000000000001",
            "1e-31",
            "1." + "3" * 30,
            "1" * 31,
            10**5000,
            Decimal("1e400"),
        ),
        *(1e300, 5e-324, Fraction(1, 3), Fraction(1, 2**40), Fraction(10**13)),
        *(None, True, False, [], {}, b"1", 1j, object()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_decimal_is_refused(value: object):
    with pytest.raises(RefusedError, match=r"^got .+; expected a .*number") as caught:
        read_decimal(value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", ["nan", ".inf", "-.INF", math.nan, Decimal("-Infinity")])
def test_what_is_not_finite_is_called_so(value: object):
    with pytest.raises(RefusedError, match="expected a finite number"):
        read_decimal(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1/2", "1/2"), ("2/4", "2/4"), (" 1 / 3 ", "1/3"), ("0.50", "0.50"), (Fraction(1, 3), "1/3"), (2, "2")],
)
def test_factors_keep_their_fraction(value: object, text: str):
    number = read_factor(value)
    assert number.text == text
    assert number.value == Fraction(str(value).replace(" ", ""))
    assert read_factor(number) == number


@pytest.mark.parametrize("value", ["1/0", "0/1", "-1/2", "1/-2", "1/2/3", "1.5/2", "a/b", "0", -1, "9" * 30 + "/1"])
def test_what_is_no_factor_is_refused(value: object):
    with pytest.raises(RefusedError):
        read_factor(value)


@pytest.mark.parametrize("value", ["0", "0.00", "-0.1", -3])
def test_what_is_not_positive_is_refused(value: object):
    with pytest.raises(RefusedError, match="greater than 0"):
        read_positive(value)


def test_the_numbers_of_json_are_taken():
    assert [read_decimal(value).text for value in json.loads("[1, 0.25, -2.5e-1]")] == ["1", "0.25", "-0.25"]
