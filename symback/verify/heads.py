"""Words over the columns of tables, in several languages, that say what stands below them."""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


NEW_HEADS = _words(
    r"\b(new|updated|after|neu\w*|nuev\w*|nouve\w*|nuov\w*|now[aey]\w*|nieuw\w*|next|nov[aeoyáéý]s?|ny[ae]?|nytt|"
    r"yeni|uusi|baru|нов\w*)\b|新"
)
"""The value after the update."""

CHANGE_HEADS = _words(
    r"\b(changes?|difference|änderung\w*|cambio|variación|variation|changement|zmiana|değişim|verandering|mudança|"
    r"thay đổi|изменени[ея])\b|变化"
)
"""By how much the update changes a parameter."""

GRADIENT_HEADS = _words(
    r"gradient|ableitung|derivative|derivada|dérivée|derivat|pochodna|afgeleide|partial|dl/d|de/d|∂|"
    r"\b(backwards?|rückwärts|backward pass|arrière|atrás|indietro|terug)\b"
)
"""The derivative of the loss."""

LOSS_HEADS = _words(r"\b(gradient\w*|grad)\b|∂|\b(dl|de|df|dj)/d|\\partial|\\nabla|∇")
"""The derivative of the loss, whatever it is taken by."""

MEAN_HEADS = _words(
    r"\b(mean|averag\w*|mittel\w*|durchschnitt\w*|promedio|media|moyenne|średni\w*|gemiddeld\w*|batch)\b"
)
"""The mean over the samples."""

SUM_HEADS = _words(r"\b(sum|total|summe|suma|somme|somma|batch)\b")
"""The sum over the samples."""

PRE_HEADS = _words(r"\b(pre-?\s?activ\w*|prä-?aktivier\w*|net\w*|weighted|summe|netz\w*|eingang|preactiv\w*)\b")
"""The pre-activation."""

POST_HEADS = _words(r"\b(activ\w*|aktivier\w*|output|out|ausgang|salida|sortie)\b")
"""The activation."""

RATE_HEADS = _words(r"learning[ -]rate|lernrate|taux d.apprentissage|tasa de aprendizaje|leersnelheid")
"""The learning rate."""

STEP_HEADS = _words(
    r"numbers|zahlen|put in|substitut|eingesetzt|calculation|comput|rechnung|\bhow\b|\bwie\b|formula|formel|chain|"
    r"cálculo|calcul|calcolo|obliczeni|berekening|výpočet|beräkning|hesap|working|expression|вычислени"
)
"""A step of the working rather than its result."""

TARGET_HEADS = _words(r"\b(targets?|ziel\w*|soll\w*|label|deseado|cible|objetivo|desired|expected|wanted)\b")
"""The target."""

ERROR_HEADS = _words(
    r"\b(err|errors?( terms?| signals?)?|delta|δ|fehler(term|signal)?|erreur|errore|error|erro|błąd|fout|fel|fejl|"
    r"chyba|hata|hiba|virhe|eroare)\b|\\delta|ошибка|误差|誤差|오차"
)
"""The error of a neuron: the derivative of the loss by its pre-activation, or the opposite."""

EDGE_HEADS = _words(
    r"^(?:from|von|de|da|van|du|från|fra|z|od)?\s*[a-z]?_?(\d)\s*(?:→|->|to|nach|zu|à|au?|para|naar|till?|do)\s*"
    r"[a-z]?_?(\d)$"
)
"""The ends of a weight, by their numbers."""
