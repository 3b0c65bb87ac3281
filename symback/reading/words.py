r"""Words within mathematics: names such as ``\mathrm{net}``, functions such as ``\text{ReLU}``, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.reading import functions, scripts, signs
from symback.reading.lexer import Token
from symback.written.nodes import Symbol, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar


def worded(reader: Grammar, command: Token) -> Written:
    """Read what a command for words holds: a name, a function that is called, or a label that is passed over."""
    words = reader.words_of_group()
    if not words or words.endswith(":"):
        return reader.factor()
    token = command._replace(kind="name", text=words)
    if functions.calls(reader, token) or _calls_another(reader, command, words):
        return functions.call(reader, token)
    return scripts.scripted(reader, Symbol(words))


def is_named(reader: Grammar) -> bool:
    r"""Whether the command for words at hand names or calls something: ``\mathrm{net}_1``, ``\text{ReLU}(z)``."""
    if reader.ahead().kind != "{" or reader.ahead(3).kind != "}":
        return False
    behind = 4
    if reader.ahead(behind).kind == "_":
        return True
    while reader.ahead(behind).kind == "'":
        behind += 1
    return bool(signs.function(reader.ahead(2).text)) and reader.ahead(behind).kind in ("(", "[")


def _calls_another(reader: Grammar, command: Token, words: str) -> bool:
    r"""Whether a word calls a function that is not known here, as in ``\operatorname{swish}(z)``."""
    if reader.token.kind != "(" or words in reader.words or not words.isalpha():
        return False
    return command.text == "\\operatorname" or words.lower() not in signs.WORDS
