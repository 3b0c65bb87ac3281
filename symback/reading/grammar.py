"""The grammar of formulas: tokens become written mathematics, by precedence climbing, with nothing evaluated."""

from __future__ import annotations

from symback.reading import brackets, commands, differentials, environments, names, scripts, signs, sums, words
from symback.reading.cursor import SPACES, Cursor
from symback.reading.differentials import Differential
from symback.reading.lexer import Token
from symback.reading.tree import DIGITS, Unreadable, bounded
from symback.written.nodes import (
    Call,
    Derivative,
    Ellipsis,
    Group,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Text,
    Transpose,
    Written,
)

STARTS = frozenset(
    {
        "number", "name", "identifier", "hatted", "command", "begin", "(", "[", "{", "|", "‖", "∂", "∑", "∇", "√",
        "fraction", "dots",
    }
)  # fmt: skip
"""Kinds of tokens with which a factor begins."""

CODE_SIGNS = frozenset({"matrix", "star"})
"""Signs of products that programs tell apart: of matrices, and of their entries."""

NAMES = frozenset({"name", "identifier", "hatted", "command"})


class Grammar(Cursor):
    """Reads one side of a chain; what names, brackets, commands and so on mean stands in modules of their own."""

    def side(self) -> Written:
        """Read one side of a chain.

        Raises
        ------
        Unreadable
            If what stands here is no expression.
        """
        side = self.expression()
        self.skip_spaces()
        if self.token.kind != "over":
            self.fail(f"unexpected {self.token.text!r}")
        return side

    def expression(self) -> Written:
        """Read a sum, in which nothing is left half done."""
        return differentials.finished(self, self.sum())

    def group(self, closing: str, opening: Token) -> Written:
        """Read an expression up to the sign that closes it."""
        with self.inside():
            self.bars.append(closing)
            body = self.expression()
            self.bars.pop()
            self.close(closing, opening)
        return body

    # Sums.

    def sum(self) -> Written:
        """Read terms with plus and minus between them; one alone may be a differential."""
        self.deeper()
        self.skip_spaces()
        terms = [self.signed_term()]
        while True:
            self._skip_soft_spaces()
            if self.token.kind not in ("+", "-") or self._ends_entry():
                break
            minus = self.next().kind == "-"
            self.skip_spaces()
            term = differentials.finished(self, self.signed_term())
            terms.append(self.made(Negative(term)) if minus else term)
        self.depth -= 1
        if len(terms) == 1:
            return terms[0]
        return self.made(Sum((differentials.finished(self, terms[0]), *terms[1:])))

    def _ends_entry(self) -> bool:
        """Whether a minus begins the next entry of a vector: ``[0.2 -0.1]``, but not ``[0.2 - 0.1]``."""
        if not self.in_vector or self.token.kind != "-" or not self.token.spaced:
            return False
        following = self.ahead()
        return following.kind == "number" and not following.spaced

    def signed_term(self) -> Written:
        """Read a term with the sign before it; the sign of a number belongs to the number."""
        self.skip("+")
        if self.token.kind != "-":
            return self.term()
        with self.inside(self.in_vector):
            self.next()
            self.skip_spaces()
            return self._opposite(differentials.finished(self, self.signed_term()))

    def _opposite(self, operand: Written) -> Written:
        if isinstance(operand, Number) and not operand.text.startswith("-"):
            return self.made(Number("-" + operand.text))
        return self.made(Negative(operand))

    def _skip_soft_spaces(self) -> None:
        """Pass over space that separates nothing here: everywhere but between the entries of a vector."""
        if self.in_vector:
            while self.token.kind == "space" and (
                self.ahead().kind in ("+", "-", "product", "/") or self._is_thin_space_of_product()
            ):
                self.next()
            return
        while self.token.kind in SPACES:
            if self.token.text in ("\\quad", "\\qquad") and self.ahead().kind in STARTS:
                return
            if self.token.kind == "&" and self.depth > 1:
                return
            self.next()

    def _is_thin_space_of_product(self) -> bool:
        return self.math and self.token.text == "\\," and self.ahead().kind in STARTS - {"number", "dots"}

    # Products.

    def term(self) -> Written:
        """Read factors with signs between them, or side by side."""
        factors, sign, juxtaposed = [self.factor()], "", False
        last = ""
        while True:
            self._skip_soft_spaces()
            token = self.token
            if token.kind == "product":
                self.next()
                self.skip_spaces()
                factor = self.factor()
                is_mixed = (token.text == "hadamard") is not (sign == "hadamard") or {token.text, last} == CODE_SIGNS
                if is_mixed and len(factors) > 1:
                    factors, juxtaposed = [self._product(factors, sign, juxtaposed)], False
                if token.text == "outer":
                    factor = self.made(Transpose(factor))
                last = token.text
                sign = {"outer": "dot", "matrix": "dot"}.get(token.text, token.text)
                factors.append(factor)
            elif token.kind == "/" and isinstance(factors[-1], Differential):
                factors[-1] = differentials.quotient(self, factors[-1])
            elif token.kind == "/":
                whole = self._product(factors, sign, juxtaposed)
                factors, sign, juxtaposed = [self._divided(whole)], "", False
            elif token.kind == "%":
                self.next()
                factors[-1] = self.made(Quotient(factors[-1], Number("100")))
            elif self.juxtaposes(factors):
                if isinstance(factors[-1], Derivative) and factors[-1].of == Text(""):
                    factors[-1] = self.made(Derivative(self.factor(), factors[-1].by, factors[-1].total))
                    continue
                if sign == "hadamard":
                    factors, sign = [self._product(factors, sign, juxtaposed)], ""
                factors.append(self.factor())
                juxtaposed = True
            else:
                return self._product(factors, sign, juxtaposed)

    def _product(self, factors: list[Written], sign: str, juxtaposed: bool) -> Written:
        if len(factors) == 1:
            return factors[0]
        whole = tuple(differentials.finished(self, factor) for factor in factors)
        return self.made(Product(whole, sign, juxtaposed and not sign))

    def _divided(self, whole: Written) -> Written:
        """Read what stands behind a slash; of ``1/2x`` nobody can tell what is divided by what."""
        self.next()
        self.skip_spaces()
        divisor = differentials.finished(self, self.factor())
        following = self.token
        if following.kind in NAMES and not following.spaced and self.juxtaposes([divisor]):
            self.fail("it cannot be told how much stands below the slash")
        return self.made(Quotient(differentials.finished(self, whole), divisor))

    def juxtaposes(self, factors: list[Written]) -> bool:
        """Whether the next token begins a further factor without a sign before it."""
        token, left = self.token, factors[-1]
        if token.kind not in STARTS or token.kind in ("dots", "number", "fraction"):
            return False
        if token.kind in ("|", "‖"):
            return brackets.opens_bars(self, factors)
        if token.kind == "begin":
            return token.text in environments.MATRICES or token.text == "cases"
        if token.kind == "command" and token.text in signs.WORD_COMMANDS:
            is_unit = isinstance(left, Number) and token.text != "\\mathit"  # units stand upright
            is_word = token.text == "\\text" or self.in_vector or is_unit
            return not is_word or words.is_named(self)
        if self.in_vector and (
            isinstance(left, Matrix) or (not self.math and (token.spaced or isinstance(left, Number)))
        ):
            return False
        if not self.math and token.kind == "identifier" and token.spaced:
            is_called = bool(signs.function(token.text)) and self.ahead().kind == "("
            return token.text in self.words or names.is_like_a_name(token.text) or is_called
        return True

    # Factors.

    def factor(self) -> Written:
        """Read a factor, perhaps with a sign of its own: ``2 · -3``."""
        self.skip_spaces()
        if self.token.kind == "-":
            with self.inside(self.in_vector):
                self.next()
                return self._opposite(differentials.finished(self, self.factor()))
        self.skip("+")
        return self.power()

    def power(self) -> Written:
        """Read an atom with its exponents."""
        base = self.atom()
        while True:
            token = self.token
            if token.kind == "^":
                self.next()
                base = self._raised(differentials.finished(self, base), token)
            elif token.kind == "'" and isinstance(base, (Matrix, Group)):
                self.next()
                base = self.made(Transpose(base))
            elif token.kind == "." and self.ahead().text == "T" and not self.math:
                self.position += 2
                base = self.made(Transpose(differentials.finished(self, base)))
            else:
                return base

    def _raised(self, base: Written, sign: Token) -> Written:
        if self.token.kind == "(":
            return self.made(Power(base, self.group(")", self.next())))
        if self.token.kind == "-" and self.ahead().kind == "(":
            self.next()
            return self.made(Power(base, Negative(self.group(")", self.next()))))
        if self.token.kind == "{" and self.ahead(2).kind != "}":
            exponent = self.group("}", self.next())
            if scripts.is_transpose((exponent,)):
                return self.made(Transpose(base))
            return self.made(Power(base, bounded(exponent, sign.start)))
        script = scripts.script(self)
        if scripts.is_transpose(script):
            return self.made(Transpose(base))
        if len(script) != 1 or isinstance(script[0], Text):
            raise Unreadable("an exponent that is no expression", sign.start)
        return self.made(Power(base, bounded(script[0], sign.start)))

    # Atoms.

    def atom(self) -> Written:
        """Read what holds together by itself: a number, a name, something in brackets, a command."""
        self.deeper()
        atom = self._atom(self.next())
        self.depth -= 1
        return atom

    def _atom(self, token: Token) -> Written:
        match token.kind:
            case "number":
                return self.number(token)
            case "fraction":
                above, below = token.text.split("/")
                return self.made(Quotient(Number(above), Number(below)))
            case "name" | "identifier" | "hatted":
                return names.name(self, token)
            case "(" | "[":
                return brackets.bracket(self, token)
            case "{":
                return self.group("}", token)
            case "|":
                return self.made(Call("abs", (self.group("|", token),)))
            case "‖":
                return brackets.norm(self, token)
            case "∂":
                return differentials.differential(self, total=False)
            case "∇":
                return differentials.gradient(self)
            case "∑":
                return sums.indexed_sum(self)
            case "√":
                return self.made(Call("sqrt", (self.atom(),)))
            case "dots":
                return self.made(Ellipsis(signs.DOTS[token.text]))
            case "begin":
                return environments.environment(self, token)
            case "command":
                return commands.command(self, token)
            case "over":
                raise Unreadable("the formula ends too early", token.start)
        raise Unreadable(f"unexpected {token.text!r}", token.start)

    def number(self, token: Token) -> Written:
        """Read a number; one with an exponent becomes a product with a power of ten."""
        mantissa, e, exponent = token.text.lower().partition("e")
        has_many = len(mantissa) > DIGITS and sum(character.isdigit() for character in mantissa) > DIGITS
        if has_many or len(exponent) > 3:
            raise Unreadable(f"numbers go up to {DIGITS} digits", token.start)
        number = self.made(Number("0" + mantissa if mantissa.startswith(".") else mantissa))
        if e:
            return self.made(Product((number, Power(Number("10"), Number(str(int(exponent))))), "times"))
        self.numbers.append((number, token.start, token.end))
        return number
