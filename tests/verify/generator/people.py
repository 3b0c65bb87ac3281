"""People: the formulas that they like, how they round, and how they write it down."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.verify.generator.documents import Document, Look
from tests.verify.generator.matrices import MatrixBook
from tests.verify.generator.networks import Network, random_network, spec_text
from tests.verify.generator.notations import Notation
from tests.verify.generator.phrases import PHRASES
from tests.verify.generator.printing import Printer
from tests.verify.generator.rounding import MODES, Convention
from tests.verify.generator.textbook import Step, Taste, Textbook
from tests.verify.generator.working import Fault, Grids, Habits, Record, work


@dataclass(frozen=True, slots=True)
class Person:
    """Everything about a document but its mistakes."""

    net: Network
    textbook: Textbook
    matrices: MatrixBook | None
    habits: Habits
    notation: Notation
    printer: Printer
    look: Look
    steps: tuple[Step, ...]
    grids: Grids
    number: int
    row: bool
    preset: str | None

    def records(self, faults: Sequence[Fault] = ()) -> list[Record]:
        return work(self.steps, self.net.given, self.grids, self.habits, faults)

    def document(self, records: Sequence[Record]) -> Document:
        document = Document(self.notation, self.printer, self.look, self.grids)
        document.write(records, self.number)
        return document

    @property
    def spec(self) -> str:
        return spec_text(self.net, self.row, self.notation.aliases(), self.preset)


def random_person(draw: random.Random, coarse: bool = False) -> Person:
    """Return somebody who works a random network: the formulas, how numbers are rounded, and how it is written."""
    dialect, suffix = draw.choice(
        (
            ("latex", ".md"),
            ("latex", ".md"),
            ("latex", ".tex"),
            ("unicode", ".md"),
            ("unicode", ".txt"),
            ("ascii", ".md"),
            ("ascii", ".txt"),
        )
    )
    by_layer = dialect != "unicode" and draw.random() < 0.3
    net = random_network(draw)
    if by_layer:
        family = draw.choice(("superscript", "brackets")) if dialect == "latex" else "program"
    else:
        families = {"latex": ["superscript", "brackets", "row", "sums"], "unicode": ["superscript", "row", "sums"]}.get(
            dialect, ["program", "program"]
        )
        family = draw.choice(families + ["net-out", "letters"] * (net.depth == 2))
    row = (by_layer and draw.random() < 0.4) or (not by_layer and family == "row")
    hat = draw.random() < 0.5
    notation = Notation(
        family,
        dialect,
        net,
        loss=draw.choice("LEJC" if dialect != "ascii" else "LE"),
        rate={
            "latex": draw.choice((r"\eta", r"\alpha")),
            "unicode": draw.choice("ηα"),
            "ascii": draw.choice(("eta", "lr")),
        }[dialect],
        target="y" if hat else draw.choice("tty"),
        hat=hat,
        raised_first=draw.random() < 0.25,
        commas=draw.random() < 0.15,
        new=draw.choice(("word", "prime", "arrow") if family != "net-out" else ("word", "plus", "arrow")),
    )
    printer = Printer(
        dialect,
        times={"latex": draw.choice((r"\cdot", r"\times")), "unicode": draw.choice("·×"), "ascii": "*"}[dialect],
        juxtaposes=dialect == "latex" and draw.random() < 0.6,
        powers=draw.random() < 0.1,
        leading_zero=draw.random() > 0.05,
        relu_as_max=draw.random() < 0.5,
        bare_signs=draw.random() < 0.6,
        log=draw.choice(("ln", "log")),
        brackets=draw.choice(("bmatrix", "pmatrix")),
    )
    taste = Taste(
        chain=not by_layer and draw.random() < 0.5,
        named_factors=draw.random() < 0.4,
        slopes=draw.choice(
            (("name", "product"), ("product",), ("name",), ("name", "function", "product"), ("function",))
        ),
        sigmoids=draw.choice((("name", "fraction"), ("name",), ("fraction",))),
        target_first=draw.random() < 0.5,
        bias_first=draw.random() < 0.15,
        update_early=draw.random() < 0.3,
        simplifies=draw.random() < 0.5,
        short_cut=draw.random() < 0.6,
        loss_terms=draw.random() < 0.5,
    )
    textbook = Textbook(net, taste)
    matrices = MatrixBook(net, taste, row) if by_layer else None
    steps = tuple(matrices.steps() if matrices else textbook.steps())
    if draw.random() < 0.2:
        steps = tuple(step for step in steps if not step.key.startswith("u") and not step.key.startswith("U"))
    look = _look(draw, dialect, suffix, by_layer, family in ("superscript", "brackets", "sums"))
    habits = _habits(draw, look)
    if coarse:
        ready = [step.key for step in steps if not step.key.startswith("loss")]
        habits = Habits(habits.forward, habits.backward, habits.carries_printed, habits.evaluates, draw.choice(ready))
    preset = (
        {"superscript": "layer-superscript", "brackets": "matrix-indices"}.get(family) if draw.random() < 0.3 else None
    )
    return Person(
        net,
        textbook,
        matrices,
        habits,
        notation,
        printer,
        look,
        steps,
        _grids(matrices),
        draw.randint(1, 12),
        row,
        preset,
    )


def _look(draw: random.Random, dialect: str, suffix: str, by_layer: bool, indexed: bool) -> Look:
    layouts = ["display", "aligned", "display", "aligned", "joined"] if dialect == "latex" else ["plain", "continued"]
    if suffix == ".md" and dialect != "ascii":
        layouts += ["bullet", "sentence"] if dialect == "latex" else ["bullet"]
        if not by_layer:
            layouts += ["table", "table"]
    sections = ("forward", "loss", "backward", "update")
    details = {section: draw.choice(("full", "full", "full", "numbers", "formula", "value")) for section in sections}
    usual = draw.choice(layouts)
    chosen = {section: usual if draw.random() < 0.7 else draw.choice(layouts) for section in sections}
    if dialect == "latex" and chosen["forward"] == "table" and indexed and draw.random() < 0.3:
        chosen["forward"], details["forward"] = "neuron_table", "value"
    return Look(
        details,
        chosen,
        suffix,
        language=draw.choice(tuple(PHRASES)),
        lists_given=draw.random() < 0.4 and not by_layer,
        summary=suffix == ".md" and dialect != "ascii" and not by_layer and draw.random() < 0.3,
        approximate=draw.random() < 0.3,
        tall=draw.random() < 0.3,
    )


def _habits(draw: random.Random, look: Look) -> Habits:
    mode = draw.choice(("half-up", "half-up", "half-up", *MODES))
    zeros = draw.random() < 0.5

    def convention() -> Convention:
        significant = draw.random() < 0.35
        return Convention(draw.randint(3, 6) if significant else draw.randint(2, 6), significant, mode, zeros)

    forward = convention()
    backward = forward if draw.random() < 0.7 else convention()
    evaluates = not any("table" in layout for layout in look.layouts.values()) and draw.random() < 0.2
    return Habits(forward, backward, draw.random() < 0.5, evaluates, "")


def _grids(matrices: MatrixBook | None) -> Grids:
    if matrices is None:
        return {}
    net = matrices.net
    keys = [
        f"{letter}.{layer}"
        for layer in range(1, net.depth + 1)
        for letter in ("W", "B", "Z", "A", "D", "GW", "GB", "UW", "UB")
    ]
    return {key: matrices.entries(key) for key in ["A.0", "T", *keys]}
