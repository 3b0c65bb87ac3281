"""What people usually call the quantities of a network."""

from __future__ import annotations

import re

from symback.verify.spelling import Spelling

ROLES: dict[str, tuple[str, ...]] = {
    "x": ("x", "X", "i", "I", "input", "Input", "e", "entrada"),
    "t": (
        "t", "y", "T", "Y", "target", "Target", "output", "d", "label", "The output", "ziel", "target output", "y^hat",
        "Ziel", "soll", "cel", "cible", "objetivo", "alvo", "deseado", "desejado", "doel", "cíl", "mål", "hedef",
        "obiettivo", "țintă", "cél",
    ),
    "w": ("w", "W", "\\theta", "\\Theta", "v", "u", "V", "U", "m", "omega", "\\omega", "weight", "Weight", "p", "q"),
    "b": ("b", "B", "c", "\\beta", "bias", "\\theta", "beta", "d", "C"),
    "z": ("z", "Z", "net", "in", "s", "p", "a", "n", "v", "u", "q", "h", "I", "i", "r", "o", "netto", "S"),
    "a": ("a", "A", "h", "o", "out", "y^hat", "y", "g", "s", "p", "z", "k", "f", "O", "H", "x", "Y^hat", "ypred",
          "pred", "Prediction", "Vorhersage", "\\sigma", "q"),
    "delta": ("\\delta", "\\Delta", "delta", "d", "Err", "err", "error", "Error", "Fehler"),
    "loss": ("L", "E", "J", "C", "Loss", "loss", "e", "error", "Error", "cost", "Cost", "\\ell", "l",
             "MSE", "BCE", "F", "", "Verlust", "Err", "Fehler", "err", "SE"),
    "penalty_factor": ("\\lambda", "lambda", "lam", "wd", "reg", "\\alpha", "alpha", "\\beta", "decay", "\\rho"),
    "learning_rate": ("\\eta", "\\alpha", "lr", "eta", "alpha", "rate", "\\gamma", "\\mu", "a"),
}  # fmt: skip
"""Bases that people use for each role, the most usual first."""

SPEAKING = {
    **dict.fromkeys(("logits", "logit", "scores", "score"), "z"),
    **dict.fromkeys(("probs", "prob"), "a"),
    **dict.fromkeys(("MSE", "SSE", "BCE", "Loss", "loss", "Cost", "cost", "Verlust"), "loss"),
}
"""Words that are used in one role alone."""

OUTPUT_BASES = frozenset({"probs", "prob", "y^hat", "Y^hat", "ypred", "pred", "Prediction", "Vorhersage", "o", "O"})
"""Bases that speak for the last layer."""

HIDDEN_BASES = frozenset({"h", "H"})
"""Bases that speak for a layer before it."""

TARGET_BASES = frozenset({"t", "T", "target", "Target", "ziel", "label"})
"""Bases that speak for targets, beside which ``y`` is an output."""

CONVENTIONAL = 0.72
"""How usual a base must be for its role to be taken for granted."""


TAKEN = 0.82
"""How usual a base must be for a role to be hardly used in any that it is not known for."""


def usual(family: str, role: str) -> float:
    """Return how usual a base is for a role, between 0 and 1."""
    if family in SPEAKING:
        return 0.9 * (SPEAKING[family] == role)
    bases = ROLES.get(role, ())
    return 0.9 - 0.4 * bases.index(family) / len(bases) if family in bases else 0.0


_TAG = re.compile("in|out|net|hidden|hid|pred|total|tot|ges|batch")


def is_general(name: Spelling) -> bool:
    """Whether a name has letters for all numbers in its indices: ``w_ij``, ``a_j^(l-1)``."""
    left = without_tags(name.below)
    return bool(left) and all(character in "ijklmnpqr" for character in left)


def without_tags(indices: str) -> str:
    """Return what is left of indices without the words in them."""
    return _TAG.sub("", indices)
