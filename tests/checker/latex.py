"""LaTeX tokens read into the tree, by precedence: sums, products, signs, scripts, then single things."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from tests.checker.tokens import OPENING, Token, Unreadable, depths, split
from tests.checker.tree import (
    Brace,
    Call,
    Cases,
    Comparison,
    Formal,
    Frac,
    Matrix,
    Name,
    Neg,
    Node,
    Num,
    Pow,
    Product,
    Sum,
    Transpose,
)

RELATIONS = {
    "=": "=",
    "\\approx": "≈",
    "\\simeq": "≈",
    "\\sim": "~",
    "\\equiv": "=",
    ":=": ":=",
    "\\coloneqq": ":=",
    "\\leftarrow": "←",
    "\\gets": "←",
    "\\longleftarrow": "←",
    "\\rightarrow": "→",
    "\\to": "→",
    "\\longrightarrow": "→",
    "\\Rightarrow": "⇒",
    "\\Longrightarrow": "⇒",
    "\\implies": "⇒",
    "\\iff": "⇒",
    "\\Leftrightarrow": "⇒",
    "<": "<",
    ">": ">",
    "\\lt": "<",
    "\\gt": ">",
    "\\le": "≤",
    "\\leq": "≤",
    "\\leqslant": "≤",
    "\\ge": "≥",
    "\\geq": "≥",
    "\\geqslant": "≥",
    "\\ne": "≠",
    "\\neq": "≠",
    "\\in": "∈",
    "\\propto": "∝",
}
"""Relation signs by command; both assignment arrows are one sign here."""

SIGNS = {
    "*": "*",
    "\\times": "×",
    "\\cdot": "·",
    "\\ast": "*",
    "\\circ": "∘",
    "\\odot": "∘",
    "\\bullet": "·",
    "/": "/",
    "\\div": "/",
}
FUNCTIONS = {
    "max": "max",
    "min": "min",
    "exp": "exp",
    "log": "log",
    "ln": "log",
    "sqrt": "sqrt",
    "tanh": "tanh",
    "sgn": "sgn",
    "sinh": "sinh",
    "cosh": "cosh",
    "sin": "sin",
    "cos": "cos",
    "relu": "relu",
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "linear": "identity",
    "identity": "identity",
    "id": "identity",
    "softmax": "softmax",
    "softplus": "softplus",
    "abs": "abs",
    "\\sigma": "sigmoid",
}
"""Functions by the word or command that the page has, in small letters."""

UNBRACKETED = ("log", "exp", "tanh", "sinh", "cosh", "sin", "cos")
"""Functions whose argument may stand without brackets."""

RISING = ("relu", "sigmoid", "tanh", "identity", "softmax", "softplus")
"""Activations, which keep their meaning with the number of a layer as index."""

LETTERS = {
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "vartheta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "varpi",
    "rho",
    "varrho",
    "sigma",
    "varsigma",
    "tau",
    "upsilon",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Pi",
    "Sigma",
    "Upsilon",
    "Phi",
    "Psi",
    "Omega",
    "ell",
    "nabla",
    "infty",
    "hbar",
    "top",
    "mathbb1",
}
ALPHABETS = {
    "mathrm",
    "mathit",
    "mathsf",
    "mathtt",
    "mathcal",
    "mathbb",
    "mathfrak",
    "operatorname",
    "rm",
    "mathnormal",
}
BOLD = {"mathbf", "boldsymbol", "bm", "bf"}
ACCENTS = {"hat", "widehat", "bar", "overline", "tilde", "widetilde", "vec", "dot"}
ARRAYS = {"bmatrix", "pmatrix", "matrix", "array", "smallmatrix", "vmatrix", "Bmatrix"}
DOTS = {"\\dots", "\\ldots", "\\cdots", "\\vdots", "\\ddots", "\\dotsc", "\\dotsb", "..."}
OLD = re.compile(r"\(?(?:old|lama|alt|ancien)\)?", re.IGNORECASE)
SAMPLE = re.compile(r"[(\[](?P<layer>[^()\[\]]*)[)\]][(\[](?P<sample>\d+)[)\]]")
LAYER = re.compile(r"(?:\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\])(?P<rest>.*)", re.DOTALL)


def read(items: list[Token], functions: Set[str] = frozenset()) -> Node:
    """Read one side of a relation; `functions` are the names that the page itself defines as functions."""
    if not items:
        raise Unreadable("nothing stands here", -1)
    reader = Reader(items, functions)
    node = reader.sum()
    reader.expect_end()
    return node


class Reader:
    """Reads one run of tokens from left to right."""

    def __init__(self, items: list[Token], functions: Set[str]) -> None:
        depths(items)
        self.items = items
        self.functions = functions
        self.position = 0

    # Looking and moving.

    def peek(self, ahead: int = 0) -> Token | None:
        index = self.position + ahead
        return self.items[index] if index < len(self.items) else None

    def at(self, *texts: str) -> bool:
        token = self.peek()
        return token is not None and token.kind in ("sign", "command") and token.text in texts

    def skip_spaces(self) -> None:
        while (token := self.peek()) is not None and token.kind == "space":
            self.position += 1

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise Unreadable("something is missing at the end", self.items[-1].end)
        self.position += 1
        return token

    def expect_end(self) -> None:
        self.skip_spaces()
        while self.at(".", ";", ","):
            self.position += 1
            self.skip_spaces()
        if (token := self.peek()) is not None:
            raise Unreadable(f"cannot read {token.text!r}", token.start)

    def enclosed(self) -> list[Token]:
        """Take an opening bracket and return the tokens up to the one that closes it."""
        opening = self.take()
        wanted = OPENING[opening.text]
        levels = depths(self.items[self.position - 1 :])
        for index in range(1, len(levels)):
            token = self.items[self.position - 1 + index]
            if levels[index] == 0 and token.text == wanted and token.kind in ("sign", "command"):
                inner = self.items[self.position : self.position - 1 + index]
                self.position += index
                return inner
        raise Unreadable(f"{wanted} is missing", opening.start)

    def argument(self) -> list[Token]:
        """Take what a command or script applies to: a group in braces or a single token."""
        self.skip_spaces()
        if self.at("{"):
            return self.enclosed()
        token = self.take()
        if token.kind == "command" and token.text[1:] in ALPHABETS | BOLD | {"frac"}:
            count = 2 if token.text == "\\frac" else 1
            start = self.position - 1
            for _ in range(count):
                self.argument()
            return self.items[start : self.position]
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():  # x_12 is x with index 1, then 2
            self.position -= 1
            self.items = [
                *self.items[: self.position],
                Token("number", token.text[0], token.start, token.start + 1),
                Token("number", token.text[1:], token.start + 1, token.end),
                *self.items[self.position + 1 :],
            ]
            return [self.take()]
        return [token]

    def inside(self, items: list[Token]) -> Node:
        if any(relation(each) for each in items) and len(split(items, *RELATIONS)) > 1:
            return comparison(items, self.functions)
        return read(items, self.functions)

    # Precedences.

    def sum(self) -> Node:
        terms: list[Node] = []
        while True:
            self.skip_spaces()
            if self.at("+"):
                self.take()
                terms.append(self.product())
            elif self.at("-"):
                self.take()
                terms.append(negative(self.product()))
            elif not terms:
                terms.append(self.product())
            else:
                break
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def product(self) -> Node:
        factors = [self.factor()]
        signs: list[str] = []
        while True:
            self.skip_spaces()
            token = self.peek()
            if token is None:
                break
            if token.kind in ("sign", "command") and token.text in SIGNS:
                self.take()
                self.skip_spaces()
                sign = SIGNS[token.text]
                following = negative(self.after_minus()) if self.at("-") else self.factor()
                if sign == "/":
                    above = factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))
                    factors, signs = [fraction(above, following)], []
                    continue
                signs.append(sign)
                factors.append(following)
            elif self.starts_factor(token):
                if token.kind == "number" and isinstance(factors[-1], Num):
                    raise Unreadable(f"two numbers without a sign between them: {token.text!r}", token.start)
                signs.append("")
                factors.append(self.factor())
            else:
                break
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))

    def after_minus(self) -> Node:
        self.take()
        return self.factor()

    def starts_factor(self, token: Token) -> bool:
        if token.kind in ("number", "word", "begin"):
            return True
        if token.kind == "phrase":
            return bool(token.text.strip())
        if token.kind == "command":
            return token.text not in ("\\}", "\\rVert", "\\rvert", "\\rangle", "\\pm", "\\mid", "\\colon")
        return token.text in ("(", "[", "{", "|")

    def factor(self) -> Node:
        self.skip_spaces()
        return self.scripts(self.primary())

    # Scripts: indices and marks belong to a name, exponents and T to whatever they follow.

    def scripts(self, node: Node) -> Node:
        sub, layer, marks = "", "", ""
        after: list[Callable[[Node], Node]] = []
        while True:
            if self.at("_"):
                self.take()
                sub += spelling(self.argument())
            elif self.at("'"):
                self.take()
                marks += "'"
            elif self.at("^"):
                self.take()
                whole = named(node.key, sub, layer, marks) if isinstance(node, Name) and not node.of else node
                layer, marks = self.superscript(whole, layer, marks, after)
            else:
                break
        if isinstance(node, Name) and not node.of:
            node = named(node.key, sub, layer, marks)
        elif marks:
            raise Unreadable(f"a prime behind {node.text}", self.items[self.position - 1].start)
        for change in after:
            node = change(node)
        return node

    def superscript(self, node: Node, layer: str, marks: str, after: list[Callable[[Node], Node]]) -> tuple[str, str]:
        inner = self.argument()
        words = spelling(inner)
        if words.strip("'") == "" and words:
            return layer, marks + words
        if words in ("T", "top", "intercal"):
            after.append(Transpose)
            return layer, marks
        if isinstance(node, Name) and not node.of:
            sample = SAMPLE.fullmatch(words)
            if sample is not None:
                return layer + f"({sample['layer']})[{sample['sample']}]", marks
            bracketed = LAYER.fullmatch(words)
            if bracketed is not None and (bracketed["rest"].strip("'") in ("", "T", "^T", "top", "^top")):
                content = bracketed["round"] if bracketed["round"] is not None else bracketed["square"]
                if bracketed["rest"].endswith(("T", "top")):
                    after.append(Transpose)
                if OLD.fullmatch(content):
                    return layer, marks
                return layer + f"({content})", marks + "'" * bracketed["rest"].count("'")
            if words in ("+", "-", "*", "**"):
                return layer, marks + words
            if len(inner) == 1 and inner[0].kind in ("word", "phrase") and len(words) > 1:
                return (layer, marks) if OLD.fullmatch(words) else (layer + f"({words})", marks)
            is_power = node.key == "e" and inner[:1] and inner[0].text == "\\mathit"  # a name in italics, no label
            if (
                inner
                and inner[0].kind == "command"
                and inner[0].text[1:] in ALPHABETS
                and words.isalpha()
                and not is_power
            ):
                return (layer, marks) if OLD.fullmatch(words) else (layer + f"({words})", marks)
            if inner and inner[-1].text == "+" and len(inner) > 1:  # a layer and then the mark of a new value
                return self.superscript_of(node, inner[:-1], layer, marks + "+", after)
        exponent = self.inside(inner)
        if isinstance(node, Name) and node.key == "e":
            after.append(lambda _, power=exponent: Call("exp", (power,)))
        else:
            after.append(lambda base, power=exponent: Pow(base, power))
        return layer, marks

    def superscript_of(
        self, node: Node, inner: list[Token], layer: str, marks: str, after: list[Callable[[Node], Node]]
    ) -> tuple[str, str]:
        brace = (Token("sign", "{", -1, -1), Token("sign", "}", -1, -1))
        reader = Reader([brace[0], *inner, brace[1]], self.functions)
        return reader.superscript(node, layer, marks, after)

    # Single things.

    def primary(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Num(token.text, token.start, token.end)
        if token.kind == "word":
            return self.name_or_call(token.text)
        if token.kind == "phrase":
            return self.name_or_call(token.text.strip())
        if token.kind == "begin":
            return self.environment(token)
        if token.kind == "sign":
            return self.bracketed(token)
        if token.kind == "command":
            return self.command(token)
        raise Unreadable(f"cannot read {token.text!r}", token.start)

    def bracketed(self, token: Token) -> Node:
        self.position -= 1
        if token.text in ("(", "{"):
            inner = self.enclosed()
            if token.text == "(" and len(parts := split(inner, ",", ";")) > 1:
                return Matrix((tuple(self.inside(part) for part in parts),), listed=True)
            return self.inside(inner)
        if token.text == "[":
            return self.square(self.enclosed())
        if token.text == "|":
            self.position += 1
            return Call("abs", (self.inside(self.up_to("|")),))
        if token.text in ("-", "+"):
            self.position += 1
            return negative(self.factor()) if token.text == "-" else self.factor()
        if token.text == "...":
            self.position += 1
            return Formal("dots")
        raise Unreadable(f"cannot read {token.text!r}", token.start)

    def up_to(self, *closing: str) -> list[Token]:
        start = self.position
        while not self.at(*closing):
            self.take()
        self.position += 1
        return self.items[start : self.position - 1]

    def square(self, inner: list[Token]) -> Node:
        """Read ``[a, b]``, ``[a \\quad b]`` and ``[1 2 3]`` as a row; a single entry is a 1 × 1 matrix."""
        rows = split(inner, ";", "newline")
        listed = any(len(split(row, ",", ";")) > 1 for row in rows)
        cells = [[cell for cell in split(row, ",", ";", "amp", "&", "space") if cell] for row in rows]
        cells = [[part for cell in row for part in apart(cell)] for row in cells if row]
        if not cells:
            raise Unreadable("empty brackets", self.items[self.position - 1].start)
        return Matrix(tuple(tuple(self.inside(cell) for cell in row) for row in cells), listed=listed)

    def environment(self, token: Token) -> Node:
        levels = depths(self.items[self.position - 1 :])
        length = next(
            index
            for index in range(1, len(levels))
            if levels[index] == 0 and self.items[self.position - 1 + index].kind == "end"
        )
        inner = self.items[self.position : self.position - 1 + length]
        self.position += length
        if token.text == "array" and inner and inner[0].text == "{":
            inner = inner[next(i for i, each in enumerate(inner) if each.text == "}") + 1 :]
        rows = [split(row, "&") for row in split(inner, "newline")]
        rows = [row for row in rows if any(row)]
        if token.text in ("cases", "dcases", "rcases"):
            return Cases(tuple(self.branch(row) for row in rows))
        if token.text in ARRAYS:
            if len({len(row) for row in rows}) != 1:
                raise Unreadable("rows of a matrix differ in length", token.start)
            return Matrix(tuple(tuple(self.inside(cell) for cell in row) for row in rows))
        raise Unreadable(f"unknown environment {token.text!r}", token.start)

    def branch(self, row: list[list[Token]]) -> tuple[Node, Comparison | None]:
        value = comparison(row[0], self.functions) if any(relation(each) for each in row[0]) else self.inside(row[0])
        if len(row) == 1:
            return value, None
        condition = [each for each in row[1] if each.kind != "phrase" and each.text != ","]
        return value, comparison(condition, self.functions) if condition else None

    def command(self, token: Token) -> Node:
        word = token.text[1:]
        if word in ("frac", "dfrac", "tfrac", "cfrac"):
            return self.quotient()
        if word == "sqrt":
            if self.at("["):
                raise Unreadable("a root with an index", token.start)
            return Call("sqrt", (self.inside(self.argument()),))
        if word in ALPHABETS | BOLD:
            words = spelling(self.argument())
            return self.name_or_call(words if word not in BOLD else f"bold {words}")
        if word in ACCENTS:
            inner = self.inside(self.argument())
            if not isinstance(inner, Name):
                raise Unreadable(f"an accent over {inner.text}", token.start)
            return Name(f"{word.removeprefix('wide')}({inner.key})")
        if word in ("underbrace", "overbrace"):
            return self.brace()
        if word in ("boxed", "mathop", "ensuremath"):
            return self.inside(self.argument())
        if word in ("textcolor", "colorbox"):
            self.argument()
            return self.inside(self.argument())
        if word in ("sum", "prod"):
            return self.indexed(word)
        if word == "partial":
            self.skip_spaces()
            return Name(f"∂{self.factor().text}")
        if word in ("lVert", "lvert", "|", "{"):
            return self.fenced(token)
        if token.text in DOTS:
            return Formal("dots")
        if word in FUNCTIONS or word in LETTERS or token.text in FUNCTIONS:
            return self.name_or_call(token.text if token.text in FUNCTIONS or word in LETTERS else word)
        raise Unreadable(f"unknown command {token.text}", token.start)

    def fenced(self, token: Token) -> Node:
        if token.text == "\\|":
            return Call("norm", (self.inside(self.up_to("\\|")),))
        self.position -= 1
        inner = self.inside(self.enclosed())
        return inner if token.text == "\\{" else Call("norm" if token.text == "\\lVert" else "abs", (inner,))

    def quotient(self) -> Node:
        above, below = self.argument(), self.argument()
        of, by = differential(above), differential(below)
        if of is None or by is None or not by:
            return fraction(self.inside(above), self.inside(below))
        variable = self.inside(by)
        if not of:  # an operator, written in front of what it differentiates
            return Formal("derivative", (self.factor(), variable))
        return derivative(self.inside(of), variable)

    def brace(self) -> Node:
        body = self.inside(self.argument())
        if not self.at("_", "^"):
            return body
        self.take()
        inner = self.argument()
        if inner and inner[0].text in ("=", "\\approx"):
            inner = inner[1:]
        try:
            label = self.inside(inner)
        except Unreadable:
            label = Formal(spelling(inner))
        return Brace(body, label)

    def indexed(self, word: str) -> Node:
        words = word
        while self.at("_", "^"):
            words += self.take().text + spelling(self.argument())
        return Formal(words, (self.product(),))

    def name_or_call(self, word: str) -> Node:
        """Read a function with its argument if the word is a function here, else a name."""
        position = self.position
        primes, layer, index = 0, "", ""
        while self.at("'", "^", "_"):
            mark = self.take().text
            words = "'" if mark == "'" else spelling(self.argument())
            if mark == "^" and not (words.strip("'") == "" or LAYER.fullmatch(words)):
                break
            primes += words.count("'")
            layer += words.replace("'", "") if mark == "^" else ""
            index += f"_{words}" if mark == "_" else ""
        self.skip_spaces()
        known = FUNCTIONS.get(word) or FUNCTIONS.get(word.lower())
        followed = self.at("(") or (known in ("max", "min") and self.at("\\{"))
        own = word + index in self.functions or (
            word in ("f", "g", "\\varphi", "\\phi", "\\psi") and primes + followed > 0
        )
        if index and word + index not in self.functions:
            known, own = (known if known in RISING else None), False
        if followed and [each.text for each in self.items[self.position + 1 : self.position + 3]] == ["\\cdot", ")"]:
            self.position += 3
            return Name(word + index)
        if followed and (known is not None or own) and (layer == "" or known is not None):
            arguments = tuple(self.inside(part) for part in split(self.enclosed(), ",", ";"))
            return Call(known or word + index, arguments, primes)
        following = self.peek()
        if known in UNBRACKETED and not layer and following is not None and self.starts_factor(following):
            return Call(known, (self.factor(),), primes)
        if known in ("relu", "sigmoid", "softmax", "identity") and self.at("["):
            return Call(known, (self.factor(),), primes)
        self.position = position
        return Name(word)


def relation(token: Token) -> bool:
    return token.kind in ("sign", "command") and token.text in RELATIONS


def comparison(items: list[Token], functions: Set[str]) -> Comparison:
    """Read sides with relation signs between them; sides may be empty at the two ends, then they are left out."""
    sides: list[list[Token]] = [[]]
    signs, places = [], []
    for token, level in zip(items, depths(items), strict=True):
        if level == 0 and relation(token):
            signs.append(RELATIONS[token.text])
            places.append(token.start)
            sides.append([])
        else:
            sides[-1].append(token)
    return Comparison(tuple(read(side, functions) for side in sides), tuple(signs), tuple(places))


def spelling(items: list[Token]) -> str:
    """Return the letters and digits of a script, without braces, spaces and the depth of nested scripts."""
    words = ""
    skipped = ALPHABETS | BOLD
    for item in items:
        if item.kind in ("number", "word"):
            words += item.text
        elif item.kind == "phrase":
            words += item.text.strip()
        elif item.kind == "command":
            word = item.text[1:]
            words += "'" if word == "prime" else "×" if word == "times" else "" if word in skipped else word
        elif item.kind == "sign" and item.text not in "{}_":
            words += "'" if item.text == "'" else item.text
    return words


SIZE = re.compile(r"\d+×\d+")


def named(base: str, sub: str, layer: str, marks: str) -> Name:
    """Return the name with its scripts; sizes and the remark that a value is old are no part of it."""
    sub = SIZE.sub("", sub)
    sub = re.sub(r"\((?:old|lama|alt|ancien)\)$|(?<=[\d,])(?:old|lama)$", "", sub, flags=re.IGNORECASE)
    return Name(base + (f"_{sub}" if sub else "") + (f"^{layer}" if layer else "") + marks)


def negative(node: Node) -> Node:
    """Return the opposite; the sign goes into a number that stands first."""
    if isinstance(node, Num) and not node.digits.startswith("-"):
        return Num(f"-{node.digits}", node.start, node.end)
    if isinstance(node, Product) and isinstance(node.factors[0], Num) and not node.factors[0].digits.startswith("-"):
        return Product((negative(node.factors[0]), *node.factors[1:]), node.signs)
    return Neg(node)


def differential(items: list[Token]) -> list[Token] | None:
    """Return what stands behind the sign of a differential, or None if there is none."""
    if not items:
        return None
    first = items[0]
    if first.text == "\\partial":
        return items[1:]
    if first.text == "\\mathrm" and [each.text for each in items[1:4]] == ["{", "d", "}"]:
        return items[4:]
    if first.kind == "word" and first.text.startswith("d"):
        if len(first.text) == 1:
            return None if len(items) > 1 and items[1].text == "_" else items[1:]
        return [Token("word", first.text[1:], first.start + 1, first.end), *items[1:]]
    return None


def derivative(of: Node, by: Node) -> Node:
    """Return the derivative of one quantity by another, which can have a value, or of a formula, which is formal."""
    if isinstance(of, Name) and isinstance(by, Name):
        return Name(f"∂{of.key}/∂{by.key}", of.key, by.key)
    if isinstance(of, Call) and all(isinstance(each, Name) for each in of.arguments) and isinstance(by, Name):
        return Name(f"∂{of.text}/∂{by.key}", of.text, by.key)
    return Formal("derivative", (of, by))


def fraction(above: Node, below: Node) -> Node:
    """Return a quotient; one of two differentials on one line is a derivative."""
    if isinstance(above, Name) and isinstance(below, Name) and above.key[:1] == below.key[:1] == "∂":
        return derivative(Name(above.key[1:]), Name(below.key[1:]))
    return Frac(above, below)


def apart(cell: list[Token]) -> list[list[Token]]:
    """Cut ``0.5 1 -2`` where numbers follow each other without a sign between them."""
    parts: list[list[Token]] = [[]]
    plain = all(each.kind == "number" or each.text in ("-", "+") for each in cell)
    for item, following in zip(cell, [*cell[1:], None], strict=True):
        previous = parts[-1][-1] if parts[-1] else None
        if previous is not None and previous.kind == "number":
            tight = following is not None and following.start == item.end
            spaced_minus = plain and tight and item.text in ("-", "+") and item.start > previous.end
            if item.kind == "number" or spaced_minus:
                parts.append([])
        parts[-1].append(item)
    return parts
