"""Write a person's work down: a text with structured claims, in one of several layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tests.verify.generator.expressions import Node, Number, Ref, Table, references
from tests.verify.generator.notations import Notation
from tests.verify.generator.phrases import PHRASES
from tests.verify.generator.printing import Printer
from tests.verify.generator.textbook import resolved
from tests.verify.generator.working import Grids, Record

DETAILS = {"full": ("symbols", "numbers"), "numbers": ("numbers",), "formula": ("symbols",), "value": ()}


@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted equality: where it stands, as it is written, and what it says about which quantity."""

    line: int
    written: str
    key: str  # of the step, or of the given number
    role: str  # given, symbols, numbers, evaluated, value or restated
    place: str  # which form, or the id of the entry
    text: str  # the number in plain digits, where it is one


@dataclass(frozen=True, slots=True)
class Look:
    """How a document looks."""

    details: dict[str, str]  # by section
    layouts: dict[str, str]  # by section
    suffix: str
    language: str
    lists_given: bool
    summary: bool
    approximate: bool  # ≈ before results with many digits
    tall: bool  # vectors of results take a line for each row


@dataclass(frozen=True, slots=True)
class Stage:
    """One side of a chain of equalities."""

    text: str
    claims: tuple[tuple[str, str, str, str], ...]  # written, role, place, text
    sign: str


class Document:
    """Lines, and the claims on them."""

    def __init__(self, notation: Notation, printer: Printer, look: Look, grids: Grids) -> None:
        self.notation, self.printer, self.look, self.grids = notation, printer, look, grids
        self.phrases = PHRASES[look.language]
        self.lines: list[str] = []
        self.claims: list[Claim] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def write(self, records: Sequence[Record], number: int) -> None:
        """Write the whole document."""
        net = self.notation.net
        if self.look.suffix == ".tex":
            self.lines += [r"\documentclass{article}", r"\usepackage{amsmath}", r"\begin{document}"]
        self.heading(str(self.phrases["title"]).format(n=number), 1)
        self.lines += [str(self.phrases["intro"]).format(inputs=net.sizes[0], outputs=net.sizes[-1]), ""]
        if self.look.lists_given:
            self.given()
        for section, group in groupby(records, key=lambda record: section_of(record.step.key)):
            self.heading(str(self.phrases[section]), 2)
            self.section(section, list(group))
        if self.look.summary and records[-1].step.key.startswith("updated"):
            self.summary(records)
        if self.look.suffix == ".tex":
            self.lines.append(r"\end{document}")

    def heading(self, words: str, level: int) -> None:
        match self.look.suffix:
            case ".md":
                self.lines += ["#" * level + " " + words, ""]
            case ".tex":
                self.lines += [rf"\section*{{{words}}}"]
            case _:
                self.lines += [words, ("=" if level == 1 else "-") * len(words), ""]

    def section(self, section: str, records: list[Record]) -> None:
        layout, detail = self.look.layouts[section], self.look.details[section]
        fenced = self.printer.dialect == "ascii" and self.look.suffix == ".md"
        if layout in ("table", "neuron_table"):
            getattr(self, layout)(records, detail)
            return
        if fenced:
            self.lines.append("```")
        if layout == "joined":
            for start in range(0, len(records), 3):
                self.joined(records[start : start + 3], detail)
        for record in records if layout != "joined" else ():
            getattr(self, layout)(record, detail)
        if fenced:
            self.lines.append("```")
        self.lines.append("")

    def stages(self, record: Record, detail: str) -> list[Stage]:
        """Return what stands behind the name of a quantity, equality by equality."""
        shown, found = DETAILS[detail], []
        if "symbols" in shown:
            for place, form in enumerate(record.symbols):
                text = self.printer.print(form, self.symbol)
                if isinstance(form, Number) or any(text == stage.text for stage in found):
                    continue
                found.append(Stage(text, ((text, "symbols", str(place), ""),), "="))
        numbers = record.numbers
        if "numbers" in shown and not isinstance(numbers, Ref | Number) and any(references(numbers)):
            text = self.printer.print(numbers, lambda key: self.number(key, record))
            if not text.isdigit():  # the derivative of ReLU is its value
                found.append(Stage(text, ((text, "numbers", "", ""),), "="))
        if record.evaluated is not None:
            text = self.printer.print(record.evaluated, lambda key: self.number(key, record))
            found.append(Stage(text, ((text, "evaluated", "", ""),), "="))
        rows = [[record.results[id] for id in row] for row in record.step.entries]
        written = [[self.printer.number(text) for text in row] for row in rows]
        scalar = not self.is_matrix(record.step.key)
        claims = tuple(
            (self.printer.number(record.results[id]), "value", id, record.results[id])
            for row in record.step.entries
            for id in row
        )
        fine = self.look.approximate and any(len(text.partition(".")[2]) > 2 for row in rows for text in row)
        sign = {"latex": r"\approx", "unicode": "≈", "ascii": "~="}[self.printer.dialect] if fine else "="
        found.append(Stage(written[0][0] if scalar else self.printer.table(written), claims, sign))
        if record.step.key.startswith(("updated", "U")) and self.notation.new == "arrow":
            arrow = {"latex": r"\leftarrow", "unicode": "←", "ascii": "<-"}[self.printer.dialect]
            found[0] = Stage(found[0].text, found[0].claims, arrow)
        return found

    def symbol(self, key: str) -> Node | str:
        return self.notation.name(key)

    def number(self, key: str, record: Record) -> Node | str:
        """Return the number that is put in the place of a quantity."""
        if self.is_matrix(key):
            return Table(tuple(tuple(record.shown[id] for id in row) for row in self.grids[key]))
        return Number(record.shown[resolved(key)])

    @staticmethod
    def is_matrix(key: str) -> bool:
        return key[0].isupper()

    def add(self, line: str, key: str, stages: Sequence[Stage]) -> None:
        """Write a line that makes the claims of these stages."""
        self.lines.append(line)
        self.claim(key, stages)

    def claim(self, key: str, stages: Sequence[Stage]) -> None:
        """Say that the last line makes the claims of these stages."""
        for stage in stages:
            for written, role, place, text in stage.claims:
                self.claims.append(Claim(len(self.lines), written, key, role, place, text))

    def chain(self, record: Record, detail: str) -> tuple[str, list[Stage]]:
        stages = self.stages(record, detail)
        return " ".join([self.notation.name(record.step.key), *(f"{s.sign} {s.text}" for s in stages)]), stages

    def display(self, record: Record, detail: str) -> None:
        """Write a formula of its own on one line, or a vector of results on several."""
        line, stages = self.chain(record, detail)
        key, values = record.step.key, stages[-1]
        left, right = (r"\[", r"\]") if self.look.suffix == ".tex" else ("$$", "$$")
        if not (self.look.tall and self.is_matrix(key)):
            self.add(f"{left} {line} {right}", key, stages)
            return
        self.lines.append(left)
        bracket = self.printer.brackets
        self.add(line.removesuffix(values.text) + rf"\begin{{{bracket}}}", key, stages[:-1])
        claims = iter(values.claims)
        for row in record.step.entries:
            entries = tuple(next(claims) for _ in row)
            self.add(" & ".join(entry[0] for entry in entries) + r" \\", key, [Stage("", entries, "")])
        self.lines += [rf"\end{{{bracket}}}", right]

    def aligned(self, record: Record, detail: str) -> None:
        """Write a stage on each line."""
        stages, tex = self.stages(record, detail), self.look.suffix == ".tex"
        self.lines += [r"\begin{align*}"] if tex else ["$$", r"\begin{aligned}"]
        name = self.notation.name(record.step.key)
        for place, stage in enumerate(stages):
            end = r" \\" if place < len(stages) - 1 else ""
            self.add(f"{name if place == 0 else ''} &{stage.sign} {stage.text}{end}".strip(), record.step.key, [stage])
        self.lines += [r"\end{align*}"] if tex else [r"\end{aligned}", "$$"]

    def bullet(self, record: Record, detail: str) -> None:
        line, stages = self.chain(record, detail)
        math = f"${line}$" if self.printer.dialect == "latex" else line
        self.add(f"- {math}", record.step.key, stages)

    def sentence(self, record: Record, detail: str) -> None:
        """Write a formula inside of a paragraph."""
        line, stages = self.chain(record, detail)
        self.add(f"{self.phrases['next']} ${line}$.", record.step.key, stages)
        self.lines.append("")

    def joined(self, records: Sequence[Record], detail: str) -> None:
        """Write several formulas beside each other."""
        chains = [self.chain(record, detail) for record in records]
        left, right = (r"\[", r"\]") if self.look.suffix == ".tex" else ("$$", "$$")
        self.lines.append(f"{left} " + r", \quad ".join(line for line, _ in chains) + f" {right}")
        for record, (_, stages) in zip(records, chains, strict=True):
            self.claim(record.step.key, stages)

    def plain(self, record: Record, detail: str) -> None:
        line, stages = self.chain(record, detail)
        self.add(line, record.step.key, stages)
        if self.printer.dialect == "unicode" and self.look.suffix == ".md":
            self.lines.append("")

    def continued(self, record: Record, detail: str) -> None:
        """Write a stage on each line, without any marks around."""
        stages, name = self.stages(record, detail), self.notation.name(record.step.key)
        for place, stage in enumerate(stages):
            self.add(f"{name if place == 0 else ' ' * len(name)} {stage.sign} {stage.text}", record.step.key, [stage])

    def table(self, records: list[Record], detail: str) -> None:
        """Write a row for each quantity: its formula and numbers as the detail has them, and its value."""
        words, shown = self.phrases["columns"], DETAILS[detail]
        marked = replace(self.notation, new="word") if self.notation.new == "arrow" else self.notation
        heads = [
            words[0],
            *(words[1 + place] for place, role in enumerate(("symbols", "numbers")) if role in shown),
            words[3],
        ]
        self.row(heads)
        self.row(["---"] * len(heads))
        for record in records:
            stages = self.stages(record, detail)
            cells = [self.math(marked.name(record.step.key))]
            kept = [next((s for s in reversed(stages) if s.claims[0][1] == role), None) for role in (*shown, "value")]
            cells += [self.math(stage.text) if stage else "" for stage in kept]
            self.row(cells)
            self.claim(record.step.key, [stage for stage in kept if stage])
        self.lines.append("")

    def neuron_table(self, records: list[Record], detail: str) -> None:
        """Write a table for each layer, with a row for each neuron: the index stands in its first column."""
        for layer, group in groupby(records, key=lambda record: record.step.key.split(".")[1]):
            heads = [self.notation.neuron([kind, layer, "i"]) for kind in "za"]
            self.row(["$i$", *map(self.math, heads)])
            self.row(["---"] * 3)
            values = [(record.step.key, self.stages(record, detail)[-1]) for record in group]
            for (z, entering), (a, leaving) in zip(values[::2], values[1::2], strict=True):
                self.row([f"${z.split('.')[2]}$", self.math(entering.text), self.math(leaving.text)])
                self.claim(z, [entering])
                self.claim(a, [leaving])
            self.lines.append("")

    def row(self, cells: Sequence[str]) -> None:
        self.lines.append("| " + " | ".join(cells) + " |")

    def math(self, text: str) -> str:
        return f"${text}$" if self.printer.dialect == "latex" else text

    def given(self) -> None:
        """List the given numbers, several on a line."""
        self.heading(str(self.phrases["given"]), 2)
        for _, group in groupby(self.notation.net.given.items(), key=lambda item: item[0].rsplit(".", 1)[0][:3]):
            items = list(group)
            parts = [f"{self.notation.name(key)} = {self.printer.number(text)}" for key, text in items]
            self.lines.append(
                "- " + ", ".join(map(self.math, parts))
                if self.look.suffix != ".tex"
                else "$" + "$, $".join(parts) + r"$ \\"
            )
            self.claims += [
                Claim(len(self.lines), self.printer.number(text), key, "given", key, text) for key, text in items
            ]
        self.lines.append("")

    def summary(self, records: Sequence[Record]) -> None:
        """Repeat the gradients and the new parameters in a table."""
        texts = {id: text for record in records for id, text in record.carried.items()}
        words = self.phrases["columns"]
        self.heading(str(self.phrases["summary"]), 2)
        heads = [words[4], words[5], words[6], words[7]]
        self.row(heads)
        self.row(["---"] * 4)
        for key in [key for key in self.notation.net.given if f"updated.{key}" in texts]:
            numbers = [(key, self.notation.net.given[key]), (f"gradient.{key}", texts[f"gradient.{key}"])]
            numbers.append((f"updated.{key}", texts[f"updated.{key}"]))
            self.row(
                [self.math(self.notation.name(key)), *(self.math(self.printer.number(text)) for _, text in numbers)]
            )
            for id, text in numbers:
                role = "given" if id == key else "restated"
                self.claims.append(Claim(len(self.lines), self.printer.number(text), id, role, id, text))
        self.lines.append("")


def section_of(key: str) -> str:
    """Return the section in which a step stands."""
    stem = key.partition(".")[0]
    if stem in ("z", "a", "Z", "A"):
        return "forward"
    if stem == "loss":
        return "loss"
    return "update" if stem in ("updated", "UW", "UB") else "backward"
