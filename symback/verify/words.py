"""Claims and scopes in words: counts of parameters, and which sample or step a stretch of text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symback.graph.quantity import Graph
from symback.reading.documents import Line, Source
from symback.verify.claims import Claim, Verdict

_SAMPLES = re.compile(
    r"\b(?:sample|example|pattern|beispiel|muster|datenpunkt|stichprobe|muestra|ejemplo|patrón|échantillon|exemple|"
    r"campione|esempio|próbka|przykład|voorbeeld|monster|row|case|instance|point)\s*(?:no\.?|nr\.?|number|#)?\s*\(?(\d{1,2})\b",
    re.IGNORECASE,
)
_BATCH = re.compile(r"\b(?:batch|averag\w*|mean|mittel\w*|durchschnitt|promedio|moyenne|media)\b", re.IGNORECASE)

_NOUNS = {
    "weights": "w", "weight": "w", "gewichte": "w", "gewicht": "w", "poids": "w", "pesos": "w", "pesi": "w", "wag": "w",
    "biases": "b", "bias": "b", "biais": "b", "sesgos": "b", "schwellenwerte": "b", "parameters": "p", "parameter": "p",
    "paramètres": "p", "parámetros": "p", "parametri": "p", "parametrów": "p", "numbers": "n", "gradients": "p",
    "neurons": "s", "neuronen": "s", "neurones": "s", "neuronas": "s", "units": "s", "inputs": "x", "eingänge": "x",
    "outputs": "y", "ausgänge": "y",
}  # fmt: skip
_COUNT = re.compile(r"(?<![\d.,\w^_{])(\d{1,4})\s+(?:\w+\s+){0,2}?(" + "|".join(sorted(_NOUNS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_HIDDEN = re.compile(r"(?<![\d.,\w^_{])(\d{1,2})\s+hidden\s+layers?\b", re.IGNORECASE)
_SHAPE = re.compile(r"(?:\\rightarrow|→|->|:|=|\$)\s*\$?\s*(\d{1,3})\s*(?:\\times|×|x)\s*1\b")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count in a sentence, where it stands, and what is thought of it."""

    start: int
    written: str
    verdict: Verdict
    message: str

    def placed(self, source: Source) -> Claim:
        """Return the claim with its line and column."""
        line, column = source.place(self.start)
        return Claim(line, column, "", self.written, "", self.verdict, "count", None, self.message)


def counts(line: Line, graph: Graph) -> Iterator[Counted]:
    """Yield the counts of a line that can be checked; one that fits no layer is left undecided."""
    layers = graph.layers
    weights = [sum(len(row) for row in layer.weights) for layer in layers]
    biases = [len(layer.biases) for layer in layers]
    known = {
        "w": {*weights, sum(weights)},
        "b": {*biases, sum(biases)},
        "p": {sum(weights) + sum(biases), *(w + b for w, b in zip(weights, biases, strict=True)), sum(weights)},
        "n": {sum(weights) + sum(biases)},
        "s": {len(graph.inputs), *(layer.size for layer in layers), sum(layer.size for layer in layers)},
        "x": {len(graph.inputs)},
        "y": {layers[-1].size},
    }
    for match in _COUNT.finditer(line.words):
        kind = _NOUNS[match[2].lower()]
        yield _counted(line, match, int(match[1]) in known[kind])
    for match in _HIDDEN.finditer(line.words):
        yield _counted(line, match, int(match[1]) == len(layers) - 1)
    for match in _SHAPE.finditer(line.words):
        yield _counted(line, match, int(match[1]) in known["s"])


def _counted(line: Line, match: re.Match[str], fits: bool) -> Counted:
    verdict = Verdict.CORRECT if fits else Verdict.UNDECIDED
    return Counted(line.start + match.start(1), match[1], verdict, "" if fits else "no layer of the network has this count")


def sample_named(words: str, samples: int) -> int | None:
    """Return the number of the sample that a line says is next, 0 for the batch, or None if it says nothing."""
    if samples < 2:
        return None
    match = _SAMPLES.search(words)
    if match and 1 <= int(match[1]) <= samples:
        return int(match[1])
    if _BATCH.search(words) and len(words) < 80:
        return 0
    return None
