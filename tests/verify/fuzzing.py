"""Documents that nobody wrote: those of the fixtures, cut and garbled, and words of mathematics strung together."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from symback.spec.load import load_file
from symback.spec.model import Spec
from symback.verify.evidence import evidence, used_names
from symback.verify.reading import read_document
from symback.verify.verify import audit

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for kind in ("founding", "documents") for path in (HERE / kind).glob("*/spec.yaml"))

TOO_SLOW = 2.0
"""Seconds of the processor that no input may take."""

WORDS = (
    r"\frac{ }{ \sqrt{ \left( \right) \begin{bmatrix} \end{bmatrix} \begin{cases} \end{cases} \\ & $ $$ \[ \] \( \) ` ``` | "
    r"--- # > - * = ≈ := ← → + - · × \cdot \times / ^ _ ^2 ^{ _{ { } ( ) [ ] , ; : . ! ' ^T \partial ∂ \sigma σ e^ \exp( "
    r"\sum_{i=1}^{ \hat{y} \delta η \text{ \mathrm{ \newcommand{\a}{\a} \begin{align} \end{align} z_1 w_{11} a^{(1)} b_1 L "
    r"\partial{L} w5 net_h1 out_o1 0.3 -0.25 1 0 10^{-3} 1e9 0,5 2/3 1{,}5 .5 5. 0.00001 99999999999 ½ ² \write18{ \input{ "
    "\u202e \x07 \t \n \n\n and where so sei donc"
)
TOKENS = WORDS.split(" ")


@dataclass(frozen=True, slots=True)
class Input:
    """One document to be thrown at the verifier, and the folder of the spec that it is judged by."""

    folder: Path
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one input."""

    input: Input
    reason: str


def inputs(seed: int, count: int) -> Iterator[Input]:
    """Yield documents, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        folder = chance.choice(FOLDERS)
        yield Input(folder, strung(chance) if chance.random() < 0.3 else garbled(chance, folder))


def strung(chance: random.Random) -> str:
    """Return tokens in no order, between dollars or not."""
    text = chance.choice(("", " ")).join(chance.choices(TOKENS, k=chance.randrange(1, 60)))
    return f"${text}$" if chance.random() < 0.5 else text


def garbled(chance: random.Random, folder: Path) -> str:
    """Return some lines of a fixture with a few changes."""
    lines = lines_of(folder)
    start = chance.randrange(len(lines))
    text = "\n".join(lines[start : start + chance.randrange(1, 12)])
    for _ in range(chance.randrange(1, 8)):
        begin = chance.randrange(len(text) + 1)
        end = min(len(text), begin + chance.randrange(12))
        other = chance.choice(lines_of(chance.choice(FOLDERS)))
        piece = chance.choice(("", text[begin:end] * 2, chance.choice(TOKENS), other, other[: len(other) // 2]))
        text = text[:begin] + piece + text[end:]
    return text


@cache
def lines_of(folder: Path) -> list[str]:
    """Return the lines of the document in a folder."""
    (document,) = folder.glob("document.*")
    return document.read_text(encoding="utf-8").split("\n")


@cache
def spec_of(folder: Path) -> Spec:
    """Return the spec in a folder."""
    return load_file(folder / "spec.yaml")


def failure(item: Input, is_judged: bool) -> Failure | None:
    """Return what goes wrong when an input is read, and judged if that is asked for, or None."""
    start = time.process_time()
    try:
        if is_judged:
            audit(spec_of(item.folder), item.text)
        else:
            document = read_document(item.text)
            list(used_names(document))
            list(evidence(document))
    except Exception as error:  # whatever it is, it should not have been raised
        return Failure(item, f"{type(error).__name__}: {error}")
    seconds = time.process_time() - start
    return Failure(item, f"{seconds:.1f} s") if seconds > TOO_SLOW else None


def failures(seed: int, count: int, judged_every: int) -> list[Failure]:
    """Return what goes wrong with some inputs, each of which is read, and one in so many judged."""
    found = (failure(item, number % judged_every == 0) for number, item in enumerate(inputs(seed, count)))
    return [one for one in found if one is not None]
