"""The sections of a spec about the page: what stands under the title, digits, notation, style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from symback.spec.fields import Line, Section
from symback.spec.problems import RefusedError
from symback.spec.words import read_whole

DEFAULT_DECIMALS = 4


class Front(Section):
    """What stands under the title."""

    subtitle: Line = Field(default="", description="Second line of the title", examples=["Worked example"])
    author: Line = Field(default="", description="Who wrote it", examples=["A. Lecturer"])
    course: Line = Field(default="", description="The course that it belongs to", examples=["Deep Learning"])
    date: Line = Field(default="", description="The date, in any spelling; none is added", examples=["28 January"])


class Digits(Section):
    """How many digits of a number are printed: decimals or significant digits, not both."""

    decimals: Annotated[int, Field(ge=0, le=20), BeforeValidator(read_whole)] | None = Field(
        default=None, description="Digits after the point", examples=[4]
    )
    significant: Annotated[int, Field(ge=1, le=20), BeforeValidator(read_whole)] | None = Field(
        default=None, description="Significant digits, instead of decimals", examples=[3]
    )

    @field_validator("significant")
    @classmethod
    def _check_not_both(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and info.data.get("decimals") is not None:
            raise RefusedError("significant digits besides decimals", "one of the two")
        return value

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if self.decimals is None and self.significant is None:
            raise RefusedError("neither decimals nor significant", "one of the two")
        return self


class Numbers(Digits):
    """How many digits are printed (4 decimals if nothing is said), how they are rounded and what is carried on."""

    rounding: Literal["half-up", "half-even", "truncate"] = Field(
        default="half-up",
        description="half-up: to the nearest, a half away from 0; half-even: a half to even; truncate: cut off",
        examples=["half-even"],
    )
    carry: Literal["exact", "printed"] = Field(
        default="exact",
        description="What further lines compute with: the exact number, or the number as it is printed",
        examples=["printed"],
    )
    zeros: Literal["short", "full"] = Field(
        default="short",
        description="short: an exact number that ends early goes without the zeros behind it, as 0.6 does; "
        "full: it has them, as in 0.60",
        examples=["full"],
    )
    mark: Literal["point", "comma"] | None = Field(
        default=None,
        description="Decimal mark of the page; left out, that of the notation, or else of the language. The numbers of "
        "a spec have points",
        examples=["comma"],
    )
    by: Mapping[str, Digits] = Field(
        default={},
        description="Digits for the numbers whose names match a pattern such as a.2.*; the last match counts",
        examples=[{"a.2.*": {"decimals": 3}}],
    )

    @model_validator(mode="before")
    @classmethod
    def _default_digits(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and value.get("decimals") is None and value.get("significant") is None:
            return {**value, "decimals": DEFAULT_DECIMALS}
        return value


class Notation(Section):
    """How quantities are called: a preset, and any of its entries written anew."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Line]

    preset: Line | None = Field(
        default=None, description="Name of a notation; left out, that of the style", examples=["numbered"]
    )

    @property
    def overrides(self) -> Mapping[str, str]:
        """Entries that replace those of the preset."""
        return self.__pydantic_extra__


class Style(Section):
    """How the page is built: a style, and options that it knows."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Line]

    name: Line = Field(description="Name of a style", examples=["slides"])

    @property
    def options(self) -> Mapping[str, str]:
        """Options of the style."""
        return self.__pydantic_extra__
