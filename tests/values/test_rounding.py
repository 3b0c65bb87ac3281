"""Digits against `decimal`, which rounds exact decimals by the same three rules, and against mpmath."""

import decimal
import random
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest

from symback.values import rounding as module
from symback.values.real import Real
from symback.values.rounding import Digits, Rounding, round_real, significant_string, spell

RULES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.TRUNCATE: decimal.ROUND_DOWN,
}
WIDE = decimal.Context(prec=120)
HALF_UP, HALF_EVEN, TRUNCATE = RULES


def decimals(count: int) -> Digits:
    return Digits(decimals=count)


def significant(count: int) -> Digits:
    return Digits(significant=count)


def cases(count: int = 10_000):
    """Random rationals (a third of them ties), each with a number of places and the decimal nearest to it."""
    source = random.Random(2024)
    for number in range(count):
        places = source.randint(0, 8)
        if number % 3 == 0:
            value = Fraction(2 * source.randint(-(10**6), 10**6) + 1, 2 * 10**places)
        elif number % 3 == 1:
            value = Fraction(source.randint(-(10**9), 10**9), 10 ** source.randint(0, 12))
        else:
            value = Fraction(source.randint(-(10**9), 10**9), source.randint(1, 10**6))
        yield value, places, WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def disagreements(rule: Rounding) -> int:
    """How often a rule and `decimal` differ."""
    return sum(
        round_real(Real.of(value), places, rule)
        != int(near.quantize(Decimal(1).scaleb(-places), RULES[rule], context=WIDE).scaleb(places, context=WIDE))
        for value, places, near in cases()
    )


@pytest.mark.parametrize("rule", RULES)
def test_rounding_agrees_with_decimal(rule):
    assert disagreements(rule) == 0


def half_down(number):
    """A rule that nobody stated: ties go towards zero."""
    return module._truncate(number) if number.q == 2 else module._half_up(number)


FAULTS = [
    (rule, fault)
    for rule, right in module._ROUND.items()
    for fault in (half_down, *module._ROUND.values())
    if fault is not right
]


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_a_wrong_rule_would_be_noticed(monkeypatch, rule, fault):
    monkeypatch.setitem(module._ROUND, rule, fault)
    assert disagreements(rule) > 100


def almost(value: Fraction, exponent: int | None = None) -> Real:
    """A value that is not kept as a rational, off by e to the power of `exponent` or not at all."""
    computed = Real.of(abs(value)).log().exp() * Real.of(1 if value > 0 else -1)
    return computed if exponent is None else computed + Real.of(exponent).exp()


@pytest.mark.parametrize("rule", RULES)
def test_a_tie_that_no_ball_can_prove_counts_as_the_tie(rule):
    source = random.Random(7)
    for _ in range(30):
        places = source.randint(0, 6)
        tie = Fraction(2 * source.randint(1, 10**5) + 1, 2 * 10**places) * source.choice((1, -1))
        assert round_real(almost(tie), places, rule) == round_real(Real.of(tie), places, rule)


def test_an_eighth_in_disguise():
    eighth = almost(Fraction(1, 8))
    assert [spell(eighth, decimals(2), rule).text for rule in RULES] == ["0.13", "0.12", "0.12"]
    assert spell(eighth, decimals(3), TRUNCATE).text == "0.125"
    assert [spell(-eighth, decimals(2), rule).text for rule in RULES] == ["-0.13", "-0.12", "-0.12"]


@pytest.mark.parametrize("exponent", [-5, -45, -100, -700, -1400])
def test_what_is_not_quite_a_tie_is_decided(exponent):
    eighth, little = almost(Fraction(1, 8)), Real.of(exponent).exp()
    assert round_real(eighth + little, 2, HALF_EVEN) == 13
    assert round_real(eighth - little, 2, HALF_UP) == 12
    assert round_real(eighth - little, 3, TRUNCATE) == (118 if exponent == -5 else 124)


def test_what_2048_bits_cannot_tell_from_a_tie_is_one():
    assert round_real(almost(Fraction(1, 8), -2000), 2, HALF_EVEN) == 12


@pytest.mark.parametrize("rule", RULES)
def test_computed_values_agree_with_mpmath(rule):
    source = random.Random(11)
    with mpmath.workdps(60):
        for _ in range(300):
            argument = Fraction(source.randint(-4000, 4000), 100)
            places = source.randint(0, 15)
            near = Decimal(mpmath.nstr(mpmath.exp(mpmath.mpf(argument.numerator) / argument.denominator), 55))
            expected = near.quantize(Decimal(1).scaleb(-places), RULES[rule], context=WIDE)
            sign = source.choice((1, -1))
            found = round_real(Real.of(argument).exp() * Real.of(sign), places, rule)
            assert Fraction(found, 10**places) == sign * Fraction(expected)


SPELLINGS = [
    ("1.5", decimals(4), "1.5"),
    ("1.50", decimals(1), "1.5"),
    ("6", decimals(3), "6.0"),
    ("0", decimals(5), "0.0"),
    ("-0.25", decimals(2), "-0.25"),
    ("1/8", decimals(3), "0.125"),
    ("-0.069104", decimals(5), "-0.06910"),
    ("1.99999", decimals(3), "2.000"),
    ("1/3", decimals(4), "0.3333"),
    ("-2/3", decimals(0), "-1"),
    ("7", decimals(0), "7"),
    ("2.5", decimals(0), "3"),
    ("10", decimals(0), "10"),
    ("0.00003", decimals(3), "0.00003"),
    ("0.0004", decimals(3), "0.0004"),
    ("-1/30000", decimals(3), "-0.000033"),
    ("0.0000995001", decimals(3), "0.00010"),
    ("0.4", decimals(0), "0.4"),
    ("0.0005", decimals(3), "0.001"),
    ("1/3", significant(3), "0.333"),
    ("200/3", significant(3), "66.7"),
    ("20000/3", significant(2), "6700"),
    ("1200", significant(2), "1200.0"),
    ("9.996", significant(3), "10.0"),
    ("9.996", significant(4), "9.996"),
    ("0.0012345", significant(3), "0.00123"),
    ("0", significant(3), "0.0"),
    ("5", significant(3), "5.0"),
    ("99.96", significant(3), "100"),
    ("1" + "0" * 60, decimals(2), "1" + "0" * 60 + ".0"),
    ("1e-60", decimals(40), "0." + "0" * 59 + "1"),
]


@pytest.mark.parametrize(("value", "digits", "text"), SPELLINGS)
def test_spellings(value, digits, text):
    number = Fraction(value)
    spelled = spell(Real.of(number), digits, HALF_UP)
    assert spelled.text == text
    assert spelled.value == Real.of(text)
    assert spelled.exact == (Fraction(text) == number)


@pytest.mark.parametrize(
    ("value", "digits", "extra", "text"),
    [
        ("1/3", decimals(2), 1, "0.333"),
        ("0.125", decimals(2), 0, "0.13"),
        ("0.125", decimals(2), 1, "0.125"),
        ("0.125", decimals(2), 3, "0.125"),
        ("9.996", significant(3), 1, "9.996"),
        ("2/3", significant(2), 2, "0.6667"),
        ("0.000041", decimals(4), 0, "0.000041"),
        ("1/30000", decimals(4), 0, "0.000033"),
        ("1/30000", decimals(4), 1, "0.0000333"),
        ("2/3", decimals(0), 1, "0.7"),
    ],
)
def test_extra_digits(value, digits, extra, text):
    assert spell(Real.of(value), digits, HALF_UP, extra).text == text


def test_no_value_is_spelled_minus_zero_or_zero_without_being_zero():
    source = random.Random(4)
    for rule in RULES:
        for _ in range(300):
            value = Fraction(source.randint(-30, 30), 10 ** source.randint(1, 9))
            digits = decimals(source.randint(0, 6))
            for real in (Real.of(value), Real.of(value) * Real.of(1).exp()):
                spelled = spell(real, digits, rule)
                assert (spelled.value.sign() == 0) == (value == 0)
                assert not (spelled.text.startswith("-") and spelled.value.sign() == 0)


@pytest.mark.parametrize(("digits", "text"), [(decimals(4), "0.0000"), (significant(4), "0")])
def test_a_zero_that_no_ball_can_prove_is_spelled_zero(digits, text):
    for zero in (Real.of(2).log().exp() - Real.of(2), Real.of(2) - Real.of(2).log().exp()):
        spelled = spell(zero, digits, HALF_UP)
        assert (spelled.text, spelled.exact) == (text, False)


def test_random_spellings_read_back_within_half_a_unit():
    source = random.Random(9)
    for _ in range(2000):
        value = Fraction(source.randint(-(10**7), 10**7), source.randint(1, 10**7))
        count = source.randint(1, 12)
        text = spell(Real.of(value), significant(count), HALF_UP).text
        with decimal.localcontext(prec=count, rounding=decimal.ROUND_HALF_UP):
            assert Decimal(text) == Decimal(value.numerator) / Decimal(value.denominator)


def test_irrational_values_keep_their_zeros_and_are_never_exact():
    spelled = spell(almost(Fraction(3, 2)), decimals(4), HALF_UP)
    assert (spelled.text, spelled.exact) == ("1.5000", False)
    assert spelled.value == Real.of("1.5")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Real.of("0.5"), "0.5"),
        (Real.of(3), "3"),
        (Real.of(0), "0"),
        (Real.of("-0.506"), "-0.506"),
        (Real.of("1200"), "1200"),
        (Real.of("1/3"), "0.33333333333333333"),
        (Real.of("200/3"), "66.666666666666667"),
        (Real.of("0.000001"), "0.000001"),
        (Real.of("0.000000125"), "1.25e-07"),
        (Real.of("-1e-7"), "-1e-07"),
        (Real.of("1e16"), "10000000000000000"),
        (Real.of("1e17"), "1e+17"),
        (Real.of("123456789012345678901/100"), "1.2345678901234568e+18"),
        (Real.of("0.12345678901234565"), "0.12345678901234565"),
        (Real.of("0.123456789012345665"), "0.12345678901234566"),
        (Real.of("0.123456789012345675"), "0.12345678901234568"),
        (Real.of(2).log().exp() - Real.of(2), "0"),
    ],
)
def test_significant_strings(value, text):
    assert significant_string(value) == text


def seventeen_digits(near: Decimal) -> Decimal:
    return decimal.Context(prec=17, rounding=decimal.ROUND_HALF_EVEN).plus(near)


def test_significant_strings_of_rationals_agree_with_decimal():
    source = random.Random(6)
    for number in range(1000):
        value = Fraction(source.randint(-(10**9), 10**9), source.randint(1, 10**9)) * Fraction(10) ** (number % 61 - 30)
        near = WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
        text = significant_string(Real.of(value))
        assert Decimal(text) == seventeen_digits(near)
        assert ("e" in text) == (near != 0 and not -6 <= near.adjusted() < 17)


def test_significant_strings_of_computed_values_agree_with_mpmath():
    with mpmath.workdps(60):
        for tenths in range(-4000, 4000, 37):
            near = Decimal(mpmath.nstr(mpmath.exp(mpmath.mpf(tenths) / 10), 50))
            text = significant_string(Real.of(Fraction(tenths, 10)).exp())
            assert Decimal(text) == seventeen_digits(near)
            assert tenths == 0 or len(text.partition("e")[0].replace(".", "").lstrip("0")) == 17


def test_numbers_of_any_reasonable_size_are_written():
    with mpmath.workdps(500):
        expected = int(mpmath.floor(mpmath.exp(1000) + mpmath.mpf("0.5")))
    assert spell(Real.of(1000).exp(), decimals(0), HALF_UP).text == str(expected)
    assert spell(Real.of(-1000).exp(), decimals(4), HALF_UP).text == "0." + "0" * 434 + "51"
    one = spell(Real.of(1000).apply("tanh"), decimals(4), TRUNCATE)
    assert (one.text, one.exact) == ("1.0000", False)


@pytest.mark.parametrize("value", [Real.of(10**20).exp(), Real.of(-(10**20)).exp()])
def test_numbers_that_fill_libraries_are_refused(value):
    with pytest.raises(OverflowError, match="written out"):
        spell(value, decimals(4), HALF_UP)
    with pytest.raises(OverflowError, match="written out"):
        significant_string(value)


@pytest.mark.parametrize(
    "digits",
    [
        {},
        {"decimals": 2, "significant": 2},
        {"decimals": -1},
        {"decimals": 41},
        {"significant": 0},
        {"significant": 41},
    ],
)
def test_digits_refuse_what_no_page_can_follow(digits):
    with pytest.raises(ValueError, match=r"digits|decimals"):
        Digits(**digits)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        ("0.6", Digits(decimals=2, padded=True), "0.60"),
        ("-3", Digits(decimals=2, padded=True), "-3.00"),
        ("0", Digits(decimals=2, padded=True), "0.00"),
        ("0.6", Digits(significant=3, padded=True), "0.600"),
        ("0.6", Digits(decimals=2), "0.6"),
    ],
)
def test_padded_numbers_keep_their_zeros_and_stay_exact(number: str, digits: Digits, text: str):
    spelled = spell(Real.of(number), digits, Rounding.HALF_UP)
    assert (spelled.text, spelled.exact) == (text, True)
