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


def _calls_another(reader: Grammar, command: Token, words: str) -> bool:
    r"""Whether a word calls a function that is not known here, as in ``\operatorname{swish}(z)``."""
    if reader.token.kind != "(" or words in reader.words or not words.isalpha():
        return False
    return command.text == "\\operatorname" or words.lower() not in signs.WORDS
