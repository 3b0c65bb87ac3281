"""Claims and scopes in words: counts of parameters, and which sample or step a stretch of text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symback.graph.quantity import Graph
from symback.reading.documents import Line, Source
from symback.verify.claims import Claim, Verdict

_NOUNS_OF_SAMPLES = (
    r"(?:sample|example|pattern|beispiel|muster|datenpunkt|stichprobe|muestra|ejemplo|patrón|échantillon|exemple|"
    r"campione|esempio|próbka|przykład|voorbeeld|monster|row|case|instance|point|amostra|exemplo|örnek|örneğ\w+|пример\w*|образ(?:ец|ц\w+)|样本)"
)
_SAMPLES = re.compile(
    rf"\b{_NOUNS_OF_SAMPLES}\s*(?:(?:no\.?|nr\.?|number|#)\s*)?\(?(?:(\d{{1,2}})\b|((?-i:[A-F]))(?!\w|[ \t]+[a-z]))",
    re.IGNORECASE,
)
_ORDINALS = (
    r"first|erste[rsn]?|premi(?:er|ère)|primera?|primo|pierwsz\w+|eerste|birinci|перв\w+",
    r"second[eao]?|zweite[rsn]?|deuxième|segund[ao]|drug\w+|tweede|ikinci|втор\w+",
    r"third|dritte[rsn]?|troisième|tercera?|terz[ao]|trzeci\w*|derde|üçüncü|трет\w+",
    r"fourth|vierte[rsn]?|quatrième|cuart[ao]|quart[ao]|czwart\w+|vierde|dördüncü|четв[её]рт\w+",
)
_ORDINAL = re.compile(
    r"\b(?:" + "|".join(f"({words})" for words in _ORDINALS) + rf")\s+(?:\w+\s+)?{_NOUNS_OF_SAMPLES}s?\b", re.IGNORECASE
)
_NOUNS_OF_STEPS = (
    r"(?:steps?|iteration|round|epoch|update|schritt|runde|durchgang|epoche|paso|iteración|época|étape|itération|époque|"
    r"passo|passaggio|iterazione|epoca|krok|iteracja|epoka|stap|iteratie|epoch|шаг|эпоха|итерация)"
)
_NUMERALS = (
    r"one|eins?|uno|une?", r"two|zwei|dos|deux|due|dwa|twee|два", r"three|drei|tres|trois|tre|trzy|drie|три"
)  # fmt: skip
_STEP = re.compile(
    rf"[\s#*>=_.:-]*(?:{_NOUNS_OF_STEPS}\s*(?:no\.?|nr\.?|#)?\s*(?:(\d{{1,2}})|"
    + "|".join(f"({words})" for words in _NUMERALS)
    + r")\b|(?:"
    + "|".join(f"({words})" for words in _ORDINALS[:3])
    + rf")\s+(?:\w+\s+)?{_NOUNS_OF_STEPS}\b)",
    re.IGNORECASE,
)
LONGEST_HEADING = 80
"""A line with more letters is a sentence that may only mention a sample."""

LONGEST_BEGIN = 25
"""Within so many letters a line says what it is about."""

_BATCH = re.compile(
    r"\b(?:batch|averag\w*|mean(?! (?:squared?|absolute)\b)|mittel\w*|durchschnitt\w*|promedi\w*|"
    r"(?<!quadratique )moyenne|media)\b",
    re.IGNORECASE,
)

_NOUNS = {
    "weights": "w", "weight": "w", "gewichte": "w", "gewicht": "w", "poids": "w", "pesos": "w", "pesi": "w", "wag": "w",
    "biases": "b", "bias": "b", "biais": "b", "sesgos": "b", "schwellenwerte": "b", "parameters": "p", "parameter": "p",
    "paramètres": "p", "parámetros": "p", "parametri": "p", "parametrów": "p", "numbers": "n", "gradients": "p",
    "neurons": "s", "neuronen": "s", "neurones": "s", "neuronas": "s", "units": "s", "inputs": "x", "eingänge": "x",
    "outputs": "y", "ausgänge": "y",
}  # fmt: skip
_COUNT = re.compile(
    r"(?<![\d.,\w^_{])(\d{1,4})\s+(?:\w+\s+){0,2}?(" + "|".join(sorted(_NOUNS, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?<![\d.,\w^_{])(\d{1,2})\s+hidden\s+layers?\b", re.IGNORECASE)
_SHAPE = re.compile(r"(?:\\rightarrow|→|->|:|=|\$)\s*(?:\$\s*)?(\d{1,3})\s*(?:\\times|×|x)\s*1\b")


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
    """Yield the counts of a line that can be checked; one that fits no layer may be about something else."""
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
        "y": {layer.size for layer in layers[-1:]},
    }
    for match in _COUNT.finditer(line.words):
        kind = _NOUNS[match[2].lower()]
        yield from _counted(line, match, int(match[1]) in known[kind])
    for match in _HIDDEN.finditer(line.words):
        yield from _counted(line, match, int(match[1]) == len(layers) - 1)
    for match in _SHAPE.finditer(line.words):
        yield from _counted(line, match, int(match[1]) in known["s"])


def _counted(line: Line, match: re.Match[str], fits: bool) -> Iterator[Counted]:
    if fits:
        yield Counted(line.start + match.start(1), match[1], Verdict.CORRECT, "")


def names_samples(words: str) -> bool:
    """Say whether a head is a word for samples, whose numbers stand below it."""
    return re.search(rf"\b{_NOUNS_OF_SAMPLES}", words, re.IGNORECASE) is not None


def sample_named(words: str, samples: int) -> int | None:
    """Return the number of the sample that a line says is next, 0 for the batch, or None if it says nothing."""
    if samples < 2:
        return None
    match = _SAMPLES.search(words)
    number = _number_of(match) if match else 0
    if 1 <= number <= samples:
        return number
    is_heading = len(words) < LONGEST_HEADING
    ordinals = {match.lastindex or 0 for match in _ORDINAL.finditer(words)} if is_heading else set()
    if len(ordinals) == 1 and min(ordinals) <= samples:
        return min(ordinals)
    return 0 if _BATCH.search(words if is_heading else words[:LONGEST_BEGIN]) else None


def step_named(words: str) -> int:
    """Return the number of the step of learning with which a line begins, or 0."""
    match = _STEP.match(words)
    if match is None:
        return 0
    place = match.lastindex or 0
    return int(match[1]) if place == 1 else (place - 2) % len(_NUMERALS) + 1


def _number_of(match: re.Match[str]) -> int:
    """Return the number of a sample that is called by a number or a letter."""
    return int(match[1]) if match[1] else ord(match[2].upper()) - ord("A") + 1


_RATE = re.compile(
    r"(?:learning[ -]rate|step size|lernrate|lernschrittweite|taux d.apprentissage|tasa de aprendizaje|"
    r"tasso di apprendimento|współczynnik uczenia|leersnelheid)[^\d\n.=]{0,30}\s*(?:[=:]\s*)?"
    r"(?:\$\s*)?(\d*(?:[.,]|\{,\})?\d+)",
    re.IGNORECASE,
)
_LISTS = {
    "t": re.compile(
        r"(?:targets?|target values|zielwerte?|ziel|\bsoll\w*\b|desired outputs?|cibles?|objetivos?)\s*(?:\w{1,40}\s*)?"
        r"[:=]\s*[\[(]([^\])]{0,500})[\])]", re.IGNORECASE
    ),
    "x": re.compile(
        r"(?:inputs?|input values|eingaben?|eingabewerte|entrées?|entradas?|ingressi)\s*[:=]"
        r"\s*[\[(]([^\])]{0,500})[\])]", re.IGNORECASE
    ),
}  # fmt: skip


def stated_data(line: Line, graph: Graph, comma: bool) -> Iterator[tuple[str, tuple[Fraction, Fraction], int, int]]:
    """Yield data that a line states in words: key, number with the unit of its last digit, and where it stands."""
    match = _RATE.search(line.words)
    if match and "learning_rate" in graph.given:
        yield ("learning_rate", *_number(match[1], line.start + match.start(1)))
    for role, pattern in _LISTS.items():
        match = pattern.search(line.words)
        names = graph.targets if role == "t" else graph.inputs
        found = (
            list(re.finditer(r"[-−]?\d+(?:[.]\d+)?" if not comma else r"[-−]?\d+(?:(?:\{,\}|[.,])\d+)?", match[1]))
            if match
            else []
        )
        if match and len(found) == len(names):
            for name, number in zip(names, found, strict=True):
                yield (name, *_number(number[0], line.start + match.start(1) + number.start()))


def _number(text: str, start: int) -> tuple[tuple[Fraction, Fraction], int, int]:
    plain = text.replace("{,}", ".").replace(",", ".").replace("−", "-")
    decimals = len(plain.partition(".")[2])
    return (
        (Fraction(plain if not plain.startswith(".") else f"0{plain}"), Fraction(1, 10**decimals)),
        start,
        start + len(text),
    )
