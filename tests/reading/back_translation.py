"""LaTeX of the pairs turned back into sides that `meaning` reads, to check that the printer says what it should.

It knows nothing but the printer's own vocabulary and refuses the rest: it is no reader of what people write. Python's
rules of precedence stand in for those of mathematics, with which they agree here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.reading.pairs import Word

CASES = re.compile(r"\\begin\{cases\} (.+?) & (.+?) > 0 \\\\ 0 & \2 \\le 0 \\end\{cases\}")
TOKEN = re.compile(r"<\w+>|#\w+#|\d+(?:\.\d+)?|\\[a-zA-Z]+|\\[{}]|[-+^'(){},>_]|e(?=\^)|\\,|\s+|(?P<unknown>.)")


def back(latex: str, names: Mapping[str, Word]) -> str:
    """Return the formula in the language of `meaning`."""
    text = re.sub(r"\\(left|right|bigl|bigr)(?![a-z])", "", CASES.sub(r"\\cases{\1}{\2}", latex))
    marks = {
        spelling: f" #{key}# " if word.function else f" <{key}> "
        for key, word in names.items()
        for spelling in word.spellings
    }
    longest_first = sorted(map(re.escape, marks), key=len, reverse=True)
    text = re.sub("|".join(longest_first), lambda found: marks[found.group()], text)
    text = text.replace(r"\tfrac12", r"\frac{1}{2}").replace("[", "(").replace("]", ")")
    return _Translation(text).until("")


class _Translation:
    def __init__(self, text: str) -> None:
        tokens = list(TOKEN.finditer(text))
        unknown = [token.group() for token in tokens if token["unknown"]]
        if unknown:
            raise ValueError(f"the printer does not write {unknown[0]!r}: {text}")
        self.tokens = [token.group() for token in tokens if token.group().strip() not in ("", r"\,")]

    def take(self, *expected: str) -> str:
        token = self.tokens.pop(0)
        if expected and token not in expected:
            raise ValueError(f"{token} where one of {expected} should stand")
        return token

    def until(self, closing: str) -> str:
        """Translate up to the closing sign, which is taken too; factors side by side get a sign between them."""
        written, after_operand = "", False
        while self.tokens and self.tokens[0] != closing:
            token = self.take()
            if token in ("+", "-", ",", ">", r"\cdot", r"\times"):
                written, after_operand = written + {r"\cdot": "*", r"\times": "*"}.get(token, token), False
            elif token == "^":
                written += "**" + (self.group("{", "}") if self.tokens[0] == "{" else self.take())
            else:
                written, after_operand = written + "*" * after_operand + self.operand(token), True
        if closing:
            self.take(closing)
        return written

    def group(self, opening: str, closing: str) -> str:
        self.take(opening)
        return f"({self.until(closing)})"

    def operand(self, token: str) -> str:
        """Translate what begins with the token."""
        if token[0] == "<":
            return token[1:-1]
        if token[0].isdigit():
            return token
        if token[0] == "#":
            return self.function(token[1:-1])
        match token:
            case "(":
                return f"({self.until(')')})"
            case "e":
                self.take("^")
                return "exp" + self.group("{", "}")
            case r"\exp" | r"\max":
                return token[1:] + self.group("(", ")")
            case r"\ln" | r"\log":
                return "log" + self.group("(", ")")
            case r"\frac" | r"\dfrac" | r"\tfrac":
                return f"({self.group('{', '}')}/{self.group('{', '}')})"
            case r"\cases":
                return f"({self.group('{', '}')}*indicator({self.group('{', '}')} > 0))"
            case r"\mathbb" | r"\mathbf":
                return self.indicator()
        raise ValueError(f"no operand begins with {token}")

    def function(self, key: str) -> str:
        if self.tokens[0] == "'":
            self.take()
            return f'prime("{key}", {self.group("(", ")")})'
        return key + self.group("(", ")")

    def indicator(self) -> str:
        for token in "{1}":
            self.take(token)
        if self.tokens[0] == "(":
            return "indicator" + self.group("(", ")")
        self.take("_")
        self.take("{")
        if self.tokens[0] == r"\{":
            condition = self.group(r"\{", r"\}")
            self.take("}")
            return "indicator" + condition
        return f"indicator({self.until('}')})"
