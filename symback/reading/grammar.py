"""The grammar of formulas: tokens become written mathematics, by precedence climbing, with nothing evaluated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NoReturn

from symback.reading import signs
from symback.reading.lexer import Token
from symback.reading.tree import DEPTH, DIGITS, EXPONENT, NODES, ROWS, THE_LOSS, Unreadable, identifier
from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Derivative,
    Ellipsis,
    Group,
    IndexedSum,
    Matrix,
    Negative,
    Norm,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)

COMPARISONS = frozenset({"<", ">", "≤", "≥", "≠"})
MATRICES = frozenset({"bmatrix", "pmatrix", "matrix", "smallmatrix", "vmatrix", "Bmatrix", "array", "psmallmatrix"})
_STARTS = frozenset(
    {"number", "name", "identifier", "hatted", "command", "begin", "(", "[", "{", "|", "‖", "∂", "∑", "∇", "√", "fraction", "dots"}
)  # fmt: skip
_TRANSPOSES = frozenset({"T", "\\top", "\\intercal", "t", "\\mathsf{T}"})
OTHERWISE = Text("otherwise")


@dataclass(frozen=True, slots=True)
class Differential(Written):
    """A ∂ or d with what stands behind it, on its way to becoming half of a derivative."""

    of: Written | None
    total: bool


class Grammar:
    """Reads sides of chains from tokens.

    Parameters
    ----------
    found
        Tokens of one statement, the last of kind ``over``.
    math
        Whether it is LaTeX mathematics, where names side by side are a product.
    words
        Names of several letters that the document uses.
    """

    def __init__(self, found: list[Token], math: bool, words: Collection[str] = ()) -> None:
        self._tokens = found
        self._math = math
        self._words = words
        self._depth = 0
        self._nodes = 0
        self._in_vector = False
        self._was_differential = False
        self._bars: list[str] = []
        self.position = 0
        self.spans: dict[int, tuple[int, int]] = {}
        """Where the entries of matrices stand, by the identity of the node."""
        self._kept: list[Written] = []
        self.numbers: list[tuple[Written, int, int]] = []
        """Every printed number that is no index, and where it stands."""

    # Statements.

    def side(self) -> Written:
        """Read one side of a chain.

        Raises
        ------
        Unreadable
            If what stands here is no expression.
        """
        return self._finished(self._sum())

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self._tokens[self.position]

    def skip_spaces(self) -> None:
        """Pass over space and alignment marks."""
        while self.token.kind in ("space", "&"):
            self.position += 1

    # Sums and products.

    def _sum(self) -> Written:
        self._enter()
        self.skip_spaces()
        terms = [self._signed_term()]
        while True:
            self._skip_soft_spaces()
            if self.token.kind not in ("+", "-") or self._ends_entry():
                break
            minus = self._next().kind == "-"
            self.skip_spaces()
            term = self._signed_term()
            terms.append(self._made(Negative(term)) if minus else term)
        self._depth -= 1
        return terms[0] if len(terms) == 1 else self._made(Sum(tuple(terms)))

    def _ends_entry(self) -> bool:
        """Whether a minus begins the next entry of a vector: ``[0.2 -0.1]``, but not ``[0.2 - 0.1]``."""
        if not self._in_vector or self.token.kind != "-" or not self.token.spaced:
            return False
        following = self._tokens[self.position + 1]
        return following.kind == "number" and not following.spaced

    def _signed_term(self) -> Written:
        if self.token.kind == "+":
            self._next()
        if self.token.kind == "-":
            self._enter()
            self._next()
            self.skip_spaces()
            operand = self._signed_term()
            self._depth -= 1
            if isinstance(operand, Number):
                return self._made(Number(operand.text[1:] if operand.text.startswith("-") else "-" + operand.text))
            return self._made(Negative(operand))
        return self._term()

    def _term(self) -> Written:
        factors, sign, juxtaposed = [self._factor()], "", False
        while True:
            self._skip_soft_spaces()
            token = self.token
            if token.kind == "product":
                self._next()
                self.skip_spaces()
                factor = self._factor()
                if token.text == "hadamard" and sign not in ("", "hadamard"):
                    factors = [self._product(factors, sign, juxtaposed)]
                    sign = ""
                if sign == "hadamard" and token.text != "hadamard":
                    factors = [self._product(factors, sign, juxtaposed)]
                if token.text == "outer":
                    factor = self._made(Transpose(factor))
                sign = {"outer": "dot", "matrix": "dot"}.get(token.text, token.text)
                factors.append(factor)
            elif token.kind == "/":
                self._next()
                self.skip_spaces()
                self._was_differential = isinstance(factors[-1], Differential)
                divisor = self._factor()
                self._was_differential = False
                if isinstance(factors[-1], Differential):
                    factors[-1] = self._derivative(factors[-1], divisor)
                else:
                    whole = self._product(factors, sign, juxtaposed)
                    factors, sign, juxtaposed = [self._made(Quotient(whole, divisor))], "", False
            elif token.kind == "percent" or token.kind == "%":
                self._next()
                factors.append(self._made(Quotient(Number("1"), Number("100"))))
            elif self._juxtaposes(factors[-1]):
                if isinstance(factors[-1], Derivative) and factors[-1].of == Text(""):
                    factors[-1] = self._made(Derivative(self._factor(), factors[-1].by, factors[-1].total))
                    continue
                factors.append(self._factor())
                juxtaposed = True
            else:
                break
        return self._product(factors, sign, juxtaposed)

    def _product(self, factors: list[Written], sign: str, juxtaposed: bool) -> Written:
        if len(factors) == 1:
            return factors[0]
        return self._made(Product(tuple(self._finished(factor) for factor in factors), sign, juxtaposed and not sign))

    def _juxtaposes(self, left: Written) -> bool:
        """Whether the next token begins a factor without a sign before it."""
        token = self.token
        if token.kind not in _STARTS or token.kind == "dots":
            return False
        if token.kind in ("|", "‖"):
            return token.kind not in self._bars
        if token.kind == "begin":
            return token.text in MATRICES or token.text == "cases"
        if token.kind in ("number", "fraction"):
            return False
        if token.kind == "command" and token.text in ("\\end", "\\text"):
            return False
        if token.kind == "command" and token.text in signs.WORD_COMMANDS:
            return not self._in_vector and not isinstance(left, Number)
        if self._in_vector and token.spaced and not self._math:
            return False
        if self._in_vector and isinstance(left, (Number, Matrix)):
            return False
        if not self._math and token.kind == "identifier" and token.spaced:
            return _is_like_a_name(token.text)
        return True

    def _factor(self) -> Written:
        self.skip_spaces()
        if self.token.kind == "-":
            self._enter()
            self._next()
            operand = self._factor()
            self._depth -= 1
            if isinstance(operand, Number) and not operand.text.startswith("-"):
                return self._made(Number("-" + operand.text))
            return self._made(Negative(operand))
        if self.token.kind == "+":
            self._next()
        return self._power()

    def _power(self) -> Written:
        base = self._atom()
        while True:
            token = self.token
            if token.kind == "^":
                self._next()
                base = self._raised(base, token)
            elif token.kind == "'" and isinstance(base, (Matrix, Group)):
                self._next()
                base = self._made(Transpose(base))
            elif token.kind == "." and self._tokens[self.position + 1].text == "T" and not self._math:
                self.position += 2
                base = self._made(Transpose(base))
            else:
                return base

    def _raised(self, base: Written, sign: Token) -> Written:
        if self.token.kind == "(":
            return self._made(Power(self._finished(base), self._group_until(")", self._next())))
        exponent = self._script()
        if len(exponent) == 1 and isinstance(exponent[0], Symbol) and exponent[0].base in _TRANSPOSES:
            return self._made(Transpose(base))
        value = self._exponent_of(exponent, sign)
        if isinstance(value, Number) and abs(value.value) > EXPONENT:
            raise Unreadable(f"exponents go up to {EXPONENT}", sign.start)
        return self._made(Power(self._finished(base), value))

    def _exponent_of(self, script: tuple[Written, ...], sign: Token) -> Written:
        if len(script) == 1 and not isinstance(script[0], Text):
            return script[0]
        raise Unreadable("an exponent that is no expression", sign.start)

    # Atoms.

    def _atom(self) -> Written:
        token = self._next()
        kind = token.kind
        if kind == "number":
            return self._number(token)
        if kind == "fraction":
            above, below = token.text.split("/")
            return self._made(Quotient(Number(above), Number(below)))
        if kind in ("name", "identifier", "hatted"):
            return self._name(token)
        if kind in ("(", "["):
            return self._bracket(token)
        if kind == "{":
            return self._group_until("}", token)
        if kind == "|":
            return self._made(Call("abs", (self._group_until("|", token),)))
        if kind == "‖":
            return self._norm(token)
        if kind == "∂":
            return self._differential()
        if kind == "∑":
            return self._indexed_sum()
        if kind == "∇":
            return self._nabla()
        if kind == "√":
            return self._made(Call("sqrt", (self._atom(),)))
        if kind == "dots":
            return self._made(Ellipsis())
        if kind == "begin":
            return self._environment(token)
        if kind == "command":
            return self._command(token)
        if kind == "over":
            raise Unreadable("the formula ends too early", token.start)
        raise Unreadable(f"unexpected {token.text!r}", token.start)

    def _number(self, token: Token) -> Written:
        text = token.text
        mantissa, e, exponent = text.lower().partition("e")
        if sum(character.isdigit() for character in mantissa) > DIGITS or len(exponent) > 3:
            raise Unreadable(f"numbers go up to {DIGITS} digits", token.start)
        if mantissa.startswith("."):
            mantissa = "0" + mantissa
        if not e:
            number = self._made(Number(mantissa))
            self.numbers.append((number, token.start, token.end))
            return number
        power = Power(Number("10"), Number(str(int(exponent))))
        return self._made(Product((Number(mantissa), power), "times"))

    def _norm(self, token: Token) -> Written:
        body = self._group_until("‖", token)
        if self.token.kind == "_":
            self._next()
            self._script()
        return self._made(Norm(body))

    def _bracket(self, opening: Token) -> Written:
        """Read round or square brackets: a group, a vector, rows of a matrix, or a condition that counts as 0 or 1."""
        self._enter()
        closing = ")" if opening.kind == "(" else "]"
        before, self._in_vector = self._in_vector, closing == "]"
        rows: list[list[Written]] = [[]]
        listed = False
        while True:
            self.skip_spaces_in_vector()
            token = self.token
            if token.kind == closing or (token.kind == "]" and closing == ")"):
                self._next()
                break
            if token.kind in (",",) or (token.kind == "&"):
                self._next()
                listed = True
            elif token.kind in ("row", ";"):
                self._next()
                rows.append([])
            elif token.kind == "over":
                raise Unreadable("this bracket is never closed", opening.start)
            elif token.kind == "relation" and token.text in (*COMPARISONS, "=") and rows[-1]:
                rows[-1][-1] = self._indicator(rows[-1][-1])
            else:
                begin = token.start
                if rows[-1] and not self._in_vector and not listed:
                    raise Unreadable(f"unexpected {token.text!r}", token.start)
                entry = self._finished(self._sum())
                self._place(entry, begin)
                rows[-1].append(entry)
        self._in_vector = before
        self._depth -= 1
        rows = [row for row in rows if row]
        if not rows:
            raise Unreadable("empty brackets", opening.start)
        if len(rows) == 1 and len(rows[0]) == 1:
            return self._one_entry(rows[0][0], closing)
        if len(rows) == 1 and all(isinstance(entry, Matrix) and len(entry.rows) == 1 for entry in rows[0]):
            return self._matrix([list(entry.rows[0]) for entry in rows[0] if isinstance(entry, Matrix)], opening)
        return self._matrix(rows, opening)

    def _one_entry(self, entry: Written, closing: str) -> Written:
        if isinstance(entry, (Cases, Matrix)):
            return entry
        group = self._made(Group(entry))
        if id(entry) in self.spans:
            self.spans[id(group)] = self.spans[id(entry)]
        return group

    def skip_spaces_in_vector(self) -> None:
        """Pass over space commands, which separate entries and are no entry."""
        while self.token.kind == "space":
            self._next()

    def _skip_soft_spaces(self) -> None:
        """Pass over space that separates nothing here: everywhere but between the entries of a vector."""
        if self._in_vector:
            while self.token.kind == "space" and self._tokens[self.position + 1].kind in ("+", "-", "product", "/"):
                self._next()
            return
        while self.token.kind in ("space", "&"):
            following = self._tokens[self.position + 1].kind
            if self.token.text in ("\\quad", "\\qquad") and following in _STARTS:
                return
            if self.token.kind == "&" and self._depth > 1:
                return
            self._next()

    def _place(self, entry: Written, begin: int) -> None:
        self.spans[id(entry)] = (begin, self._tokens[self.position - 1].end)
        self._kept.append(entry)

    def _indicator(self, left: Written) -> Written:
        """Read the rest of a condition in brackets, which is 1 where it holds and 0 elsewhere."""
        sign = self._next().text
        right = self._finished(self._sum())
        condition = Relation(left, ((sign, right),))
        return self._made(Cases(((Number("1"), condition), (Number("0"), OTHERWISE))))

    def _matrix(self, rows: list[list[Written]], opening: Token) -> Written:
        if len(rows) > ROWS or any(len(row) > ROWS for row in rows):
            raise Unreadable(f"matrices go up to {ROWS} rows and columns", opening.start)
        if len({len(row) for row in rows}) > 1:
            raise Unreadable("rows of different length", opening.start)
        return self._made(Matrix(tuple(tuple(row) for row in rows)))

    def _group_until(self, closing: str, opening: Token) -> Written:
        self._enter()
        before, self._in_vector = self._in_vector, False
        self._bars.append(closing)
        body = self._finished(self._sum())
        self._bars.pop()
        self.skip_spaces()
        if self.token.kind != closing:
            if self.token.kind == "over":
                raise Unreadable("this bracket is never closed", opening.start)
            raise Unreadable(f"unexpected {self.token.text!r}", self.token.start)
        self._next()
        self._in_vector = before
        self._depth -= 1
        return body

    # Names.

    def _name(self, token: Token) -> Written:
        text = token.text
        if token.kind == "identifier":
            return self._plain_name(token)
        if token.kind == "name":
            if self._is_differential(token):
                return self._total_differential()
            if self._calls(token):
                return self._call(token)
            if text == "e" and self.token.kind == "^" and text not in self._words:
                return Constant("e")
            if text == "\\pi" and text not in self._words:
                return Constant("pi")
        return self._scripted(Symbol(text, accent="hat") if token.kind == "hatted" else Symbol(text))

    def _plain_name(self, token: Token) -> Written:
        text = token.text
        following = self.token
        if text in ("np", "math", "numpy", "torch", "tf", "nn", "sp") and following.kind == ".":
            self._next()
            return self._atom()
        if self._calls(token):
            return self._call(token)
        if text == "e" and following.kind == "^" and text not in self._words:
            return Constant("e")
        if text == "pi":
            return Constant("pi")
        for prefix in ("grad_", "d_"):
            if text.startswith(prefix) and len(text) > len(prefix):
                return self._made(Derivative(THE_LOSS, identifier(text[len(prefix) :])))
        if text[0] == "d" and len(text) > 1 and text not in self._words and not text.lower().startswith("delta"):
            inner = text[1:]
            if inner[0].isalpha() and (self._was_differential or self._slash_follows() or _is_parameter(inner)):
                return Differential(self._scripted(identifier(inner)), True)
        return self._scripted(identifier(text))

    def _slash_follows(self) -> bool:
        """Whether ``/d…`` or ``/∂…`` follows what is being read, perhaps behind indices."""
        place = self.position
        depth = 0
        while self._tokens[place].kind in ("_", "^", "{", "}", "(", ")", "number", "name", "'") or depth:
            kind = self._tokens[place].kind
            depth += (kind in "{(") - (kind in "})")
            if depth < 0 or kind == "over":
                return False
            place += 1
        following = self._tokens[place + 1] if self._tokens[place].kind == "/" else None
        return following is not None and (
            following.kind == "∂" or (following.kind in ("identifier", "name") and following.text[0] == "d")
        )

    def _is_differential(self, token: Token) -> bool:
        """Whether a d stands directly before a name."""
        following = self.token
        return (
            token.text == "d"
            and "d" not in self._words
            and not following.spaced
            and following.kind in ("name", "hatted", "(", "command")
            and following.text not in signs.FUNCTIONS
        )

    def _total_differential(self) -> Written:
        return Differential(self._differential_of(), True)

    def _differential(self) -> Written:
        if self.token.kind in ("^",):
            raise Unreadable("derivatives of higher order are not read", self.token.start)
        if self.token.kind in ("}", "/", "over"):
            return Differential(None, False)
        return Differential(self._differential_of(), False)

    def _differential_of(self) -> Written:
        self.skip_spaces()
        token = self._next()
        if token.kind == "(":
            return self._group_until(")", token)
        if token.kind == "[":
            return self._group_until("]", token)
        if token.kind == "identifier":
            return self._scripted(identifier(token.text)) if not self._calls(token) else self._call(token)
        if token.kind == "name" and self._calls(token):
            return self._call(token)
        if token.kind in ("name", "hatted"):
            return self._scripted(Symbol(token.text, accent="hat" if token.kind == "hatted" else ""))
        self.position -= 1
        return self._power()

    def _nabla(self) -> Written:
        by: Written | None = None
        if self.token.kind == "_":
            self._next()
            (by, *_) = self._script()
        else:
            raise Unreadable("a gradient by nothing", self.token.start)
        self.skip_spaces()
        of = self._atom() if self.token.kind in ("name", "identifier", "command") else THE_LOSS
        return self._made(Derivative(of, by))

    def _derivative(self, above: Differential, below: Written) -> Written:
        if isinstance(below, Product) and isinstance(below.factors[0], Differential):
            rest = below.factors[1:]
            whole = self._derivative(above, below.factors[0])
            return self._made(Product((whole, *rest)))
        if not isinstance(below, Differential) or below.of is None:
            raise Unreadable("a derivative by nothing", self.token.start)
        return self._made(Derivative(Text("") if above.of is None else above.of, below.of, above.total))

    def _finished(self, node: Written) -> Written:
        """Return a node in which a differential that stands alone is a gradient of the loss: ``dw1``."""
        if isinstance(node, Differential):
            if node.of is None or not node.total:
                raise Unreadable("a ∂ that belongs to no derivative", self.token.start)
            return Derivative(THE_LOSS, node.of)
        return node

    def _scripted(self, symbol: Symbol) -> Written:
        """Read the indices and marks behind a name; a number set high is kept as a power."""
        powers: list[tuple[Written, Token]] = []
        while True:
            token = self.token
            if token.kind == "_":
                self._next()
                symbol = replace(symbol, subscript=symbol.subscript + self._script())
            elif token.kind == "+" and not token.spaced and self._tokens[self.position + 1].kind in ("relation", "over"):
                self._next()
                symbol = replace(symbol, mark="plus")
            elif token.kind == "'" and symbol.mark == "" and not (token.spaced and not self._math):
                self._next()
                symbol = replace(symbol, mark="prime")
            elif token.kind == "^":
                self._next()
                script = self._script()
                first = script[0] if script else None
                if len(script) == 1 and isinstance(first, Symbol) and first.base in _TRANSPOSES and not first.subscript:
                    return self._made(Transpose(self._after_powers(symbol, powers)))
                if len(script) == 1 and isinstance(first, Text) and first.text == "+":
                    symbol = replace(symbol, mark="plus")
                elif len(script) == 1 and isinstance(first, Text) and first.text == "'":
                    symbol = replace(symbol, mark="prime")
                elif len(script) == 1 and isinstance(first, (Number, Quotient, Negative)):
                    powers.append((first, token))
                else:
                    symbol = replace(symbol, superscript=symbol.superscript + script)
            else:
                return self._after_powers(symbol, powers)

    def _after_powers(self, symbol: Symbol, powers: list[tuple[Written, Token]]) -> Written:
        node: Written = self._made(symbol)
        for exponent, sign in powers:
            if isinstance(exponent, Number) and abs(exponent.value) > EXPONENT:
                raise Unreadable(f"exponents go up to {EXPONENT}", sign.start)
            node = self._made(Power(node, exponent))
        return node

    def _script(self) -> tuple[Written, ...]:
        """Read what stands behind ``_`` or ``^``: one token, or the items of a group."""
        self._enter()
        token = self._next()
        items: tuple[Written, ...]
        if token.kind == "{":
            items = self._script_group()
        elif token.kind in ("(", "["):
            items = (Text(token.text), *self._script_items(")" if token.kind == "(" else "]"))
        elif token.kind == "-" and self.token.kind in ("number", "name", "identifier"):
            inner = self._atom() if self.token.kind == "number" else Symbol(self._next().text)
            items = (Number("-" + inner.text),) if isinstance(inner, Number) else (Negative(inner),)
        elif token.kind == "number":
            items = (self._number(token),)
        elif token.kind in ("name", "identifier", "command", "'", "+", "hatted", "product", "-"):
            items = (self._script_item(token),)
        else:
            raise Unreadable(f"unexpected {token.text!r} as an index", token.start)
        self._depth -= 1
        return items

    def _script_group(self) -> tuple[Written, ...]:
        """Read a group: a list of index items, or, where it is none, an expression."""
        begin = self.position
        nodes = self._nodes
        try:
            items = self._script_items("}")
        except Unreadable:
            items = ()
        if items and not any(item == Text("?") for item in items):
            if not _is_expression(items):
                return items
        self.position, self._nodes = begin, nodes
        opening = self._tokens[begin - 1]
        return (self._group_until("}", opening),)

    def _script_items(self, closing: str) -> tuple[Written, ...]:
        items: list[Written] = []
        while self.token.kind != closing:
            token = self._next()
            if token.kind == "over":
                raise Unreadable("these brackets are never closed", token.start)
            if token.kind == "space":
                continue
            if token.kind == "number":
                items.append(self._number(token))
                continue
            if token.kind in ("_", "^"):
                script = self._script()
                if not items or not isinstance(items[-1], Symbol):
                    items.extend(script)
                elif token.kind == "_":
                    items[-1] = replace(items[-1], subscript=items[-1].subscript + script)
                else:
                    items[-1] = replace(items[-1], superscript=items[-1].superscript + script)
                continue
            if token.kind == "{":
                items.extend(self._script_items("}"))
                continue
            items.append(self._script_item(token))
        self._next()
        return (*items, *((Text(closing),) if closing != "}" else ()))

    def _script_item(self, token: Token) -> Written:
        if token.kind == "name":
            return Symbol(token.text) if len(token.text) == 1 or token.text.startswith("\\") else Text(token.text)
        if token.kind == "identifier":
            symbol = identifier(token.text)
            return symbol if len(symbol.base) == 1 else Text(symbol.base) if not symbol.subscript else replace(symbol)
        if token.kind == "command" and token.text in signs.WORD_COMMANDS:
            return Text(self._words_of_group())
        if token.kind == "command" and token.text in signs.ALPHABETS:
            return Symbol(self._words_of_group())
        if token.kind == "command" and token.text in ("\\top", "\\intercal"):
            return Symbol("T")
        if token.kind == "product" and token.text == "star":
            return Text("*")
        if token.kind == "hatted":
            return Symbol(token.text, accent="hat")
        if token.kind in (",", ";", "(", ")", "[", "]", "+", "-", "'", ":"):
            return Text(token.text)
        return Text("?")

    # Functions.

    def _calls(self, token: Token) -> bool:
        text = token.text
        known = text in signs.FUNCTIONS or text.lower() in signs.FUNCTIONS or f"\\{text}" in signs.FUNCTIONS
        place = self.position
        while self._tokens[place].kind in ("'", "space") or (
            self._tokens[place].kind == "^" and self._tokens[place + 1].kind == "'"
        ):
            place += 1
        following = self._tokens[place]
        opens = following.kind in ("(", "[") or (following.kind == "{" and not self._math)
        if known and text not in self._words:
            if opens and following.kind == "[" and following.spaced and not self._math:
                return False
            return opens or (text.lower() in ("ln", "log", "exp", "max", "min", "tanh") and following.kind in _STARTS)
        if text in signs.GENERIC_FUNCTIONS and text not in self._words:
            if following.kind == "_":
                return False
            return following.kind == "("
        return False

    def _call(self, token: Token) -> Written:
        text = token.text
        function = signs.FUNCTIONS.get(text) or signs.FUNCTIONS.get(text.lower())
        primes = 0
        while self.token.kind in ("'", "space", "^"):
            primes += len(self.token.text) if self.token.kind == "'" else 0
            self._next()
        if self.token.kind not in ("(", "["):
            return self._made(Call(function or text, (self._power(),), primes))
        opening = self._next()
        closing = ")" if opening.kind == "(" else "]"
        self._enter()
        before, self._in_vector = self._in_vector, False
        arguments = []
        while True:
            self.skip_spaces()
            begin = self.token.start
            entry = self._finished(self._sum())
            self._place(entry, begin)
            arguments.append(entry)
            self.skip_spaces()
            if self.token.kind in (",", ";"):
                self._next()
                continue
            if self.token.kind != closing:
                if self.token.kind == "over":
                    raise Unreadable("this bracket is never closed", opening.start)
                raise Unreadable(f"unexpected {self.token.text!r}", self.token.start)
            self._next()
            break
        self._in_vector = before
        self._depth -= 1
        if function == "array" and len(arguments) == 1:
            return arguments[0]
        if function == "transpose" and len(arguments) == 1:
            return self._made(Transpose(arguments[0]))
        if function == "matmul" and len(arguments) == 2:
            return self._made(Product(tuple(arguments), "dot"))
        return self._made(Call(function or Symbol(text), tuple(arguments), primes))

    def _indexed_sum(self) -> Written:
        index: Written = Symbol("")
        lower: Written | None = None
        upper: Written | None = None
        while self.token.kind in ("_", "^"):
            is_lower = self._next().kind == "_"
            if not is_lower:
                (upper,) = self._bound()
                continue
            if self.token.kind == "{":
                self._next()
                (index,) = (self._atom(),)
                if self.token.kind == "relation":
                    self._next()
                    lower = self._finished(self._sum())
                while self.token.kind in (",", "name", "space"):
                    self._next()
                if self.token.kind != "}":
                    raise Unreadable("a sum over what is not read", self.token.start)
                self._next()
            else:
                (index,) = self._script()
        return self._made(IndexedSum(self._term(), index, lower, upper))

    def _bound(self) -> tuple[Written]:
        if self.token.kind != "{":
            (item, *_) = self._script()
            return (item,)
        opening = self._next()
        return (self._group_until("}", opening),)

    # Commands and environments.

    def _command(self, token: Token) -> Written:
        text = token.text
        if text in ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"):
            return self._fraction(token)
        if text == "\\sqrt":
            if self.token.kind == "[":
                self._skip_group("[", "]")
            return self._made(Call("sqrt", (self._argument(),)))
        if text in signs.ACCENTS:
            return self._accented(signs.ACCENTS[text])
        if text in signs.ALPHABETS:
            return self._alphabet(text)
        if text in signs.WORD_COMMANDS:
            return self._worded(token)
        if text in signs.BODY_COMMANDS:
            body = self._argument()
            if self.token.kind in ("_", "^"):
                self._next()
                if self.token.kind == "{":
                    self._skip_group("{", "}")
                else:
                    self._next()
            return body
        if text == "\\textcolor":
            self._skip_group("{", "}")
            return self._argument()
        raise Unreadable(f"{text} is not read", token.start)

    def _fraction(self, token: Token) -> Written:
        before, self._in_vector = self._in_vector, False
        above = self._numerator()
        self._was_differential = isinstance(above, Differential)
        below = self._numerator()
        self._in_vector = before
        if isinstance(above, Differential):
            return self._derivative(above, below)
        return self._made(Quotient(self._finished(above), self._finished(below)))

    def _numerator(self) -> Written:
        """Read one group of a fraction, where a d before a name makes a differential."""
        if self.token.kind != "{":
            token = self.token
            if token.kind == "number" and len(token.text) > 1 and token.text.isdecimal():
                self._tokens[self.position] = token._replace(text=token.text[1:], start=token.start + 1)
                return self._made(Number(token.text[0]))
            return self._atom()
        opening = self._next()
        self._enter()
        if self.token.kind == "name" and self.token.text == "d" and "d" not in self._words:
            following = self._tokens[self.position + 1]
            if following.kind == "}":
                self.position += 2
                self._depth -= 1
                return Differential(None, True)
            if following.kind in ("name", "hatted", "command", "("):
                self._next()
                inner = self._differential_of()
                if self.token.kind == "}":
                    self._next()
                    self._depth -= 1
                    return Differential(inner, True)
                raise Unreadable(f"unexpected {self.token.text!r}", self.token.start)
        body = self._sum()
        self.skip_spaces()
        if self.token.kind != "}":
            raise Unreadable("this bracket is never closed" if self.token.kind == "over" else f"unexpected {self.token.text!r}", opening.start)
        self._next()
        self._depth -= 1
        return body

    def _argument(self) -> Written:
        """Read the group behind a command, or the one token that stands for it."""
        if self.token.kind == "{":
            return self._group_until("}", self._next())
        return self._atom()

    def _accented(self, accent: str) -> Written:
        grouped = self.token.kind == "{"
        if grouped:
            self._next()
        token = self._next()
        if token.kind not in ("name", "identifier") and token.kind != "command":
            raise Unreadable("an accent over what is no letter", token.start)
        base = token.text if token.kind != "command" else self._words_of_group()
        symbol = Symbol(base, accent=accent)
        if grouped:
            inner = self._scripted(symbol)
            if self.token.kind != "}" or not isinstance(inner, Symbol):
                raise Unreadable("an accent over more than a name", token.start)
            self._next()
            symbol = inner
        return self._scripted(symbol)

    def _alphabet(self, command: str) -> Written:
        grouped = self.token.kind == "{"
        opening = self._next() if grouped else None
        token = self.token
        if token.kind == "number" and command == "\\mathbb":
            self._next()
            if grouped:
                self._next()
            return self._indicator_function()
        if token.kind not in ("name", "identifier") or self._tokens[self.position + 1].kind not in ("}", "_", "^", "'"):
            if opening is not None:
                return self._group_until("}", opening)
        if token.kind == "command":
            return self._atom()
        self._next()
        base = f"{command}{{{token.text}}}" if command in ("\\mathcal", "\\mathscr", "\\mathfrak") else token.text
        symbol = Symbol(base, bold=command in ("\\mathbf", "\\boldsymbol", "\\bm", "\\vec"))
        if grouped:
            inner = self._scripted(symbol)
            if self.token.kind != "}" or not isinstance(inner, Symbol):
                raise Unreadable("an alphabet for more than a name", token.start)
            self._next()
            symbol = inner
        return self._scripted(symbol)

    def _indicator_function(self) -> Written:
        if self.token.kind in ("_", "("):
            if self.token.kind == "_":
                self._next()
            opening = self._next()
            closing = {"(": ")", "{": "}"}.get(opening.kind, "}")
            left = self._sum()
            found = self._indicator(left)
            if self.token.kind != closing:
                raise Unreadable("a condition that is not read", self.token.start)
            self._next()
            return found
        return self._bracket(self._next()) if self.token.kind == "[" else Number("1")

    def _worded(self, token: Token) -> Written:
        """Read words in mathematics: a name such as ``net``, a function such as ``ReLU``, or a label."""
        words = self._words_of_group()
        made = token._replace(kind="name", text=words)
        if self._calls(made):
            return self._call(made)
        if not words or words.endswith(":"):
            return self._factor()
        return self._scripted(Symbol(words))

    def _words_of_group(self) -> str:
        """Return the text of the group that comes next, as it is spelled."""
        if self.token.kind != "{":
            return self._next().text
        self._next()
        parts: list[str] = []
        depth = 1
        while depth:
            token = self._next()
            if token.kind == "over":
                raise Unreadable("this bracket is never closed", token.start)
            depth += (token.kind == "{") - (token.kind == "}")
            if depth:
                parts.append((" " if token.spaced and parts else "") + (token.text if token.kind != "space" else ""))
        return "".join(parts).strip()

    def _skip_group(self, opening: str, closing: str) -> None:
        depth = 0
        while True:
            token = self._next()
            if token.kind == "over":
                raise Unreadable("this bracket is never closed", token.start)
            depth += (token.kind == opening) - (token.kind == closing)
            if not depth:
                return

    def _environment(self, token: Token) -> Written:
        if token.text == "cases":
            return self._cases(token)
        if token.text not in MATRICES:
            raise Unreadable(f"the environment {token.text} is not read", token.start)
        if token.text == "array" and self.token.kind == "{":
            self._skip_group("{", "}")
        self._enter()
        before, self._in_vector = self._in_vector, False
        rows: list[list[Written]] = [[]]
        while self.token.kind != "end":
            kind = self.token.kind
            if kind == "over":
                raise Unreadable("this matrix is never closed", token.start)
            if kind == "row":
                self._next()
                rows.append([])
            elif kind in ("&", "space"):
                self._next()
            else:
                begin = self.token.start
                entry = self._entry()
                self._place(entry, begin)
                rows[-1].append(entry)
        self._next()
        self._in_vector = before
        self._depth -= 1
        rows = [row for row in rows if row]
        if not rows:
            raise Unreadable("an empty matrix", token.start)
        return self._matrix(rows, token)

    def _entry(self) -> Written:
        entry = self._finished(self._sum())
        if self.token.kind not in ("&", "row", "end", "space"):
            raise Unreadable(f"unexpected {self.token.text!r}", self.token.start)
        return entry

    def _cases(self, token: Token) -> Written:
        self._enter()
        before, self._in_vector = self._in_vector, False
        branches: list[tuple[Written, Written]] = []
        while self.token.kind != "end":
            if self.token.kind == "over":
                raise Unreadable("these cases are never closed", token.start)
            if self.token.kind in ("row", "space", "&"):
                self._next()
                continue
            value = self._finished(self._sum())
            branches.append((value, self._condition()))
        self._next()
        self._in_vector = before
        self._depth -= 1
        if not branches:
            raise Unreadable("cases without a case", token.start)
        return self._made(Cases(tuple(branches)))

    def _condition(self) -> Written:
        words = False
        while self.token.kind not in ("row", "end", "over"):
            if self.token.kind in ("&", "space", ",", ":", ".", "'"):
                self._next()
            elif self.token.kind == "command" and self.token.text in signs.WORD_COMMANDS:
                self._next()
                words = bool(self._words_of_group()) or words
            elif self.token.kind in ("name", "identifier") and self.token.text.lower() in _CONDITION_WORDS:
                self._next()
                words = True
            else:
                break
        if self.token.kind in ("row", "end", "over"):
            return OTHERWISE if words else Text("")
        left = self._finished(self._sum())
        links: list[tuple[str, Written]] = []
        while self.token.kind == "relation":
            sign = self._next().text
            links.append((sign, self._finished(self._sum())))
        while self.token.kind not in ("row", "end", "over"):
            self._next()
        return self._made(Relation(left, tuple(links))) if links else OTHERWISE

    # Tokens and limits.

    def _next(self) -> Token:
        token = self._tokens[self.position]
        if token.kind != "over":
            self.position += 1
        return token

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise Unreadable(f"formulas nest up to {DEPTH} deep", self.token.start)

    def _made(self, node: Written) -> Written:
        self._nodes += 1
        if self._nodes > NODES:
            raise Unreadable(f"formulas have up to {NODES} parts", self.token.start)
        return node

    def fail(self, message: str) -> NoReturn:
        """Refuse the formula at the token that comes next."""
        raise Unreadable(message, self.token.start)


_CONDITION_WORDS = frozenset({"if", "for", "when", "wenn", "falls", "si", "se", "otherwise", "else", "sonst", "sinon", "gdy", "als"})


def _is_expression(items: tuple[Written, ...]) -> bool:
    """Whether items that were read as indices are rather an expression: ``-z``, ``-0.3``, ``2n``, but not ``(l-1)``."""
    texts = [item.text for item in items if isinstance(item, Text)]
    if items[0] == Text("(") or items[0] == Text("["):
        return False
    if items in ((Text("+"),), (Text("'"),), (Text("-"),)):
        return False
    return any(text in ("+", "-", "(", "[") for text in texts)


def _is_parameter(text: str) -> bool:
    """Whether ``d`` before this makes the name that programs give a gradient: ``dW1``, ``db2``, ``dy``."""
    return len(text) < 6 and len(identifier(text).base) == 1


def _is_like_a_name(text: str) -> bool:
    """Whether a word of plain text looks like a name of mathematics and not like a word of a sentence."""
    return any(character.isdigit() or character == "_" for character in text) or (len(text) == 1 and text.isalpha())
