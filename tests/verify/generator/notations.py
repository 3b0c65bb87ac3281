"""What people call the quantities of a network, in LaTeX, in Unicode and as in a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.verify.generator.networks import Network

LETTERS = {"z": "z", "a": "a", "w": "w", "b": "b"}
RAISED = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NEURONS = ("superscript", "brackets", "sums", "row", "net-out", "letters", "program")


@dataclass(frozen=True, slots=True)
class Notation:
    """A way of naming: its family, its dialect (latex, unicode, ascii), and a few letters of its own."""

    family: str
    dialect: str
    net: Network
    loss: str
    rate: str
    target: str
    hat: bool  # outputs are called ŷ
    raised_first: bool  # z^{(1)}_1
    commas: bool  # w_{2,1}
    new: str  # how a new value is marked: word, prime, plus or arrow

    def name(self, key: str) -> str:
        """Return the symbol of a quantity, a derivative or an updated parameter."""
        kind, _, rest = key.partition(".")
        match kind:
            case "gradient":
                return self.partial("loss", rest)
            case "delta":
                _, layer, i = key.split(".")
                return (
                    self.partial("loss", f"z.{rest}")
                    if self.family in ("net-out", "letters")
                    else self.indexed(self.delta, int(layer), i)
                )
            case "local":
                parts = rest.split(".")
                if parts[0] == "w":
                    return self.partial(f"z.{parts[1]}.{parts[2]}", rest)
                return self.partial(rest, rest.replace("a.", "z.", 1))
            case "updated":
                return self.renewed(self.base(rest))
            case "GW" | "GB":
                return self.partial("loss", f"{kind[1]}.{rest}")
            case "UW" | "UB":
                return self.renewed(self.base(f"{kind[1]}.{rest}"))
        return self.base(key)

    @property
    def delta(self) -> str:
        return {"latex": r"\delta", "unicode": "δ", "ascii": "delta"}[self.dialect]

    def base(self, key: str) -> str:
        parts = key.split(".")
        match parts:
            case ["learning_rate"]:
                return self.rate
            case ["loss"]:
                return self.loss_name()
            case ["loss", k]:
                return self.loss_name(k)
            case ["x", j]:
                return self.under("x", j)
            case ["t", k]:
                return self.target_name(k)
            case [("W" | "B" | "Z" | "A" | "T" | "D"), *_]:
                return self.matrix(parts)
        return self.neuron(parts)

    def target_name(self, k: str) -> str:
        if self.family == "net-out":
            return self.under("target", f"o{k}")
        return self.target if self.net.sizes[-1] == 1 and self.dialect == "latex" else self.under(self.target, k)

    def loss_name(self, k: str = "") -> str:
        if self.family == "net-out":
            return self.under("E", f"o{k}" if k else "total")
        return self.under(self.loss, k) if k else self.loss

    def neuron(self, parts: list[str]) -> str:
        """Return the name of a weight, a bias, a pre-activation or an activation."""
        kind, layer, index = parts[0], int(parts[1]), parts[2]
        if kind == "a" and layer == self.net.depth and self.hat and self.family in ("superscript", "brackets", "row"):
            return self.under({"latex": r"\hat{y}", "unicode": "ŷ", "ascii": "y_hat"}[self.dialect], index)
        if self.family in ("net-out", "letters"):
            return self.lettered(kind, layer, parts[2:])
        letter = {"z": "s", "a": "h", "w": "w", "b": "b"}[kind] if self.family == "sums" else LETTERS[kind]
        if kind == "w":
            comma = "," if self.commas and self.dialect == "latex" else ""
            index = comma.join(parts[2:] if self.family != "row" else parts[:1:-1])
        return self.indexed(letter, layer, index)

    def indexed(self, letter: str, layer: int, index: str) -> str:
        if self.family == "program":
            return f"{letter}{layer}_{index}"
        mark = f"[{layer}]" if self.family == "brackets" else f"({layer})"
        if self.dialect == "latex":
            low, high = f"_{{{index}}}" if len(index) > 1 else f"_{index}", f"^{{{mark}}}"
            return letter + (high + low if self.raised_first else low + high)
        if self.dialect == "unicode":
            return letter + index.translate(LOWERED) + (mark if self.family == "brackets" else mark.translate(RAISED))
        return f"{letter}_{index}^{mark}"

    def lettered(self, kind: str, layer: int, indices: list[str]) -> str:
        """Return a name by the letter of the layer: h for the hidden one, o for the outputs."""
        letter = "xho"[layer]
        if self.family == "net-out":
            if kind == "w":
                return self.under("w", str(self.number_of_weight(layer, *map(int, indices))))
            if kind == "b":
                return self.under("b", f"{letter}{indices[0]}")
            return self.under({"z": "net", "a": "out"}[kind], f"{letter}{indices[0]}")
        inner = f"{letter}_{indices[0]}" if self.dialect == "latex" else f"{letter}{indices[0]}"
        if kind == "a":
            return self.under(letter, indices[0])
        if kind == "w":
            source = "xho"[layer - 1]
            from_ = f"{source}_{indices[1]}" if self.dialect == "latex" else f"{source}{indices[1]}"
            inner = f"{from_} {inner}" if self.dialect == "latex" else from_ + inner
        return self.under(kind, inner)

    def number_of_weight(self, layer: int, i: int, j: int) -> int:
        before = sum(self.net.sizes[k] * self.net.sizes[k - 1] for k in range(1, layer))
        return before + (i - 1) * self.net.sizes[layer - 1] + j

    def matrix(self, parts: list[str]) -> str:
        letter = {"W": "W", "B": "b", "Z": "z", "A": "a", "T": self.target, "D": self.delta}[parts[0]]
        if parts[0] == "T":
            return letter
        if parts == ["A", "0"]:
            return "x"
        if parts[0] == "A" and self.hat and int(parts[1]) == self.net.depth:
            return r"\hat{y}" if self.dialect == "latex" else "y_hat"
        mark = f"[{parts[1]}]" if self.family == "brackets" else f"({parts[1]})"
        if self.dialect == "latex":
            return f"{letter}^{{{mark}}}"
        return f"{letter}{parts[1]}"

    def under(self, letter: str, index: str) -> str:
        """Return a letter or word with an index below."""
        match self.dialect:
            case "latex":
                word = letter if len(letter) == 1 or letter[0] == "\\" else rf"\mathrm{{{letter}}}"
                return f"{word}_{index}" if len(index) == 1 else f"{word}_{{{index}}}"
            case "unicode":
                plain = len(letter) == 1 and index.isdigit()
                return letter + index.translate(LOWERED) if plain else f"{letter}_{index}"
        return f"{letter}{index}" if len(letter) == 1 and index.isdigit() else f"{letter}_{index}"

    def partial(self, of: str, by: str) -> str:
        above, below = self.base(of), self.base(by)
        match self.dialect:
            case "latex":
                return rf"\frac{{\partial {above}}}{{\partial {below}}}"
            case "unicode":
                return f"∂{above}/∂{below}"
        return f"d{above}/d{below}"

    def renewed(self, name: str) -> str:
        """Return the name of a parameter after the update; with an arrow it keeps its name."""
        if self.new == "arrow":
            return name
        match self.dialect:
            case "latex":
                mark = {"word": r"\mathrm{new}", "prime": r"\prime", "plus": "+"}[self.new]
                if "^{" not in name:
                    return f"{name}^{{{mark}}}"
                base, _, rest = name.partition("^{")
                raised, _, lowered = rest.partition("}")
                return f"{base}^{{{raised}{',' if self.new == 'word' else ''}{mark}}}{lowered}"
            case "unicode":
                return f"{name}⁺" if self.new == "plus" else f"{name}′"
        return f"{name}_new"

    def aliases(self) -> Mapping[str, str]:
        """Return the names that a reader cannot know, with the ids that they stand for."""
        ids = [key for key in self.net.given if key[0] in "wb"]
        cells = [
            f"{kind}.{layer}.{i}"
            for layer in range(1, self.net.depth + 1)
            for kind in "za"
            for i in self.net.neurons(layer)
        ]
        targets = [key for key in self.net.given if key[0] == "t"]
        match self.family:
            case "superscript" | "brackets":
                return {}
            case "row":
                keys = [key for key in ids if key[0] == "w"]
            case "sums":
                keys = cells
            case "net-out":
                losses = [f"loss.{k}" for k in self.net.neurons(self.net.depth)] if len(targets) > 1 else []
                keys = ids + cells + targets + [*losses, "loss"]
            case _:
                keys = ids + cells
        return {self.base(key): key for key in keys}
