"""The walk over a tree that all printers share: sums, products, signs, brackets and numbers in place of leaves.

A format adds its signs as class data and one method for each node that it draws in its own way. The module passes 300
lines because every node is named here, once where it is dispatched and once where a format has to draw it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, ClassVar, cast

from symback.written import brackets, nodes
from symback.written.brackets import Piece
from symback.written.nodes import Written

Numbers = Mapping[str, Written] | None
"""What stands in place of the leaves that have these keys."""

NUMBER_TEXT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


def nested(inner: Mapping[str, Written], outer: Mapping[str, Written]) -> Mapping[str, Written]:
    """Return the numbers of a `Valued` within another: the inner ones, and the outer ones where those are lacking."""
    return ChainMap(cast("MutableMapping[str, Written]", inner), cast("MutableMapping[str, Written]", outer))


class _Writers(dict[type, Callable[[Any, Numbers], Piece]]):
    """The method that prints each type of node."""

    def __missing__(self, kind: type) -> Callable[[Any, Numbers], Piece]:
        raise TypeError(f"{kind.__name__} is not a node of written mathematics that can be printed")


class _Pieces(dict[str, Piece]):
    """Pieces by the string that they stand for, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Piece]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Piece:
        piece = self[key] = self._make(key)
        return piece


class Printer(ABC):
    """Prints trees of written mathematics in one format.

    Parameters
    ----------
    names
        Gives the `Written` (as a rule a `Symbol`) that stands for the quantity with an id. It is asked once per id.
    product
        The product sign for products that leave it to the notation, one of `PRODUCT_SIGNS` but the first.
    juxtapose
        Whether a product may go without its sign where the tree says so; otherwise every sign is shown.
    mark
        The decimal mark of numbers, ``point`` or ``comma``; with the comma, items of a list are separated otherwise.
    """

    NEGATION: ClassVar[str] = "-"
    PLUS: ClassVar[str] = " + "
    MINUS: ClassVar[str] = " - "
    MARKS: ClassVar[Mapping[str, str]] = {"point": ".", "comma": ","}
    SEPARATORS: ClassVar[Mapping[str, str]] = {"point": ", ", "comma": "; "}
    PRODUCT_SIGNS: ClassVar[Mapping[str, str]]
    RELATION_SIGNS: ClassVar[Mapping[str, str]]

    def __init__(
        self, names: Callable[[str], Written], product: str, juxtapose: bool = True, mark: str = "point"
    ) -> None:
        if product not in self.PRODUCT_SIGNS:
            raise ValueError(f"unknown product sign {product!r}; known are {', '.join(self.PRODUCT_SIGNS)}")
        self._named = names
        self._product_sign = product
        self._juxtapose = juxtapose
        self._mark = self.MARKS[mark]
        self.separator = self.SEPARATORS[mark]
        self._names = _Pieces(self._name_piece)
        self._partials: dict[tuple[str, str], Piece] = {}
        self._numbers = _Pieces(self._number_piece)
        self._symbols: dict[nodes.Symbol, Piece] = {}
        self._writers = _Writers(
            {
                nodes.Name: self._name,
                nodes.Partial: self._partial,
                nodes.Symbol: self._symbol,
                nodes.Number: self._number,
                nodes.Constant: self._constant,
                nodes.Text: self._text,
                nodes.Sum: self._sum,
                nodes.Negative: self._negative,
                nodes.Product: self._product,
                nodes.Quotient: self._quotient,
                nodes.Power: self._power,
                nodes.Transpose: self._transpose,
                nodes.Norm: self._norm,
                nodes.Call: self._call,
                nodes.Derivative: self._derivative,
                nodes.IndexedSum: self._indexed_sum,
                nodes.Cases: self._cases,
                nodes.Matrix: self._matrix,
                nodes.Sequence: self._sequence,
                nodes.Annotation: self._annotation,
                nodes.Ellipsis: self._ellipsis,
                nodes.Group: self._group,
                nodes.Relation: self._relation,
                nodes.Valued: self._valued,
            }
        )

    def print(self, node: Written, numbers: Mapping[str, Written] | None = None) -> str:
        """Return the text of `node`, with `numbers` in place of the leaves whose keys it has.

        Raises
        ------
        ValueError
            If a symbol, number, function or constant is not one that may be printed.
        KeyError
            If a product or relation has a sign, or an ellipsis a direction, that is not in the format's table.
        TypeError
            If the tree holds something that is not a node.
        """
        return self._writers[type(node)](node, numbers)[0]

    def links(self, node: nodes.Relation) -> tuple[str, list[str]]:
        """Return the first side of a chain, and each of its links with the sign in front."""
        first, _ = self._fitted(node.first, None, brackets.SIDE)
        return first, [
            self.RELATION_SIGNS[sign].lstrip() + self._fitted(side, None, brackets.SIDE)[0] for sign, side in node.links
        ]

    def _piece(self, node: Written, numbers: Numbers) -> Piece:
        return self._writers[type(node)](node, numbers)

    def _fitted(self, node: Written, numbers: Numbers, place: int) -> Piece:
        """Return the piece of `node`, bracketed if it has a trait that `place` does not take bare."""
        piece = self._writers[type(node)](node, numbers)
        return self._enclosed(piece) if piece[1] & place else piece

    def _enclosed(self, piece: Piece) -> Piece:
        text, traits = piece
        return self._brackets(text, traits), brackets.BRACKETED | traits & brackets.TALL

    # Leaves.

    def _name(self, node: nodes.Name, numbers: Numbers) -> Piece:
        key = node.id
        if numbers is not None and key in numbers:
            return self._replacement(numbers[key])
        return self._names[key]

    def _name_piece(self, key: str) -> Piece:
        written = self._named(key)
        if isinstance(written, nodes.Name):
            raise ValueError(f"the notation gives {key!r} another name, {written.id!r}, where it should give a symbol")
        return self._symbol_piece(written) if isinstance(written, nodes.Symbol) else self._piece(written, None)

    def _partial(self, node: nodes.Partial, numbers: Numbers) -> Piece:
        if numbers is not None:
            key = nodes.partial_key(node.of, node.by)
            if key in numbers:
                return self._replacement(numbers[key])
        pair = node.of, node.by
        piece = self._partials.get(pair)
        if piece is None:
            piece = self._partials[pair] = self._differential(self._names[node.of], self._names[node.by])
        return piece

    def _replacement(self, written: Written) -> Piece:
        """Return the piece that stands in place of a leaf: whole, so a sum never takes its minus sign for its own."""
        piece = self._writers[type(written)](written, None)
        return (piece[0], piece[1] & ~brackets.OPPOSITE) if piece[1] & brackets.OPPOSITE else piece

    def _number(self, node: nodes.Number, numbers: Numbers) -> Piece:
        return self._numbers[node.text]

    def _number_piece(self, text: str) -> Piece:
        if not NUMBER_TEXT.fullmatch(text):
            raise ValueError(f"{text!r} is not a decimal number")
        if text.startswith("-"):
            return self.NEGATION + self._digits(text[1:]), brackets.MINUS | brackets.NUMBER
        return self._digits(text), brackets.NUMERIC | brackets.NUMBER

    def _digits(self, text: str) -> str:
        """Return the digits of a number without its sign, as the format marks them."""
        return text.replace(".", self._mark)

    def _symbol(self, node: nodes.Symbol, numbers: Numbers) -> Piece:
        piece = self._symbols.get(node)
        if piece is None:
            piece = self._symbols[node] = self._symbol_piece(node)
        return piece

    # Operations whose shape is the same in every format.

    def terms(self, node: Written) -> list[str]:
        """Return the terms of a sum as they stand in it, every one but the first with its sign; others stand alone."""
        numbers: Numbers = None
        while isinstance(node, nodes.Valued):
            numbers = node.numbers if numbers is None else nested(node.numbers, numbers)
            node = node.body
        return self._terms(node, numbers)[0] if isinstance(node, nodes.Sum) else [self._piece(node, numbers)[0]]

    def _sum(self, node: nodes.Sum, numbers: Numbers) -> Piece:
        if not node.terms:
            raise ValueError("a sum needs at least one term")
        if len(node.terms) == 1:
            return self._piece(node.terms[0], numbers)
        parts, traits = self._terms(node, numbers)
        return "".join(parts), traits

    def _terms(self, node: nodes.Sum, numbers: Numbers) -> tuple[list[str], int]:
        """Return the terms with their signs, and the traits of the whole."""
        writers = self._writers
        pieces = [writers[type(term)](term, numbers) for term in node.terms]
        followed = len(pieces) - 1
        text, traits = pieces[0]
        tall = traits
        if traits & (brackets.FIRST_TERM | brackets.FOLLOWED_TERM):
            text = self._brackets(text, traits)
        parts = [text]
        for position, (text, traits) in enumerate(pieces[1:], 1):
            tall |= traits
            place = brackets.LATER_TERM
            sign = self.PLUS
            if traits & brackets.OPPOSITE:
                text = text[len(self.NEGATION) :]
                place = brackets.FIRST_TERM
                sign = self.MINUS
            if traits & (place | brackets.FOLLOWED_TERM if position < followed else place):
                text = self._brackets(text, traits)
            parts.append(sign + text)
        ending = brackets.NOTHING if traits & place else traits & brackets.TRAILING
        return parts, brackets.SUM | tall & brackets.TALL | ending

    def _negative(self, node: nodes.Negative, numbers: Numbers) -> Piece:
        operand = node.operand
        text, traits = self._writers[type(operand)](operand, numbers)
        if traits & brackets.NEGATED:
            text, traits = self._brackets(text, traits), traits & brackets.TALL
        return (
            self.NEGATION + text,
            brackets.MINUS | brackets.OPPOSITE | traits & brackets.CARRIED_BY_NEGATIVE,
        )

    def _product(self, node: nodes.Product, numbers: Numbers) -> Piece:
        if not node.factors:
            raise ValueError("a product needs at least one factor")
        writers = self._writers
        pieces = [writers[type(factor)](factor, numbers) for factor in node.factors]
        if len(pieces) == 1:
            return pieces[0]
        sign = node.sign or self._product_sign
        ink = self.PRODUCT_SIGNS[sign]
        hadamard = sign == "hadamard"
        is_labelled = isinstance(node.factors[0], nodes.Text)
        juxtaposed = node.juxtaposed and (self._juxtapose or is_labelled) and not hadamard
        clash = brackets.factor_clash(hadamard)
        place = brackets.FIRST_FACTOR | brackets.FOLLOWED_FACTOR | clash
        followed = len(pieces) - 1
        parts: list[str] = []
        result = before = brackets.NOTHING
        for position, (text, traits) in enumerate(pieces):
            if position == followed:
                place = brackets.LATER_FACTOR | clash
            result |= traits & brackets.TALL
            if traits & place:
                text = self._brackets(text, traits)
                traits = brackets.BRACKETED
            if position == 0:
                result |= traits & brackets.LEADING
                place = brackets.LATER_FACTOR | brackets.FOLLOWED_FACTOR | clash
            else:
                parts.append(self._gap(before, traits, ink) if juxtaposed else ink)
            parts.append(text)
            before = traits
        kind = brackets.HADAMARD if hadamard else brackets.PRODUCT
        return "".join(parts), result | kind | before & brackets.TRAILING

    def _group(self, node: nodes.Group, numbers: Numbers) -> Piece:
        body = node.body
        text, traits = piece = self._writers[type(body)](body, numbers)
        if traits & brackets.BRACKETED:
            return piece
        return self._brackets(text, traits), brackets.BRACKETED | traits & brackets.TALL

    def _relation(self, node: nodes.Relation, numbers: Numbers) -> Piece:
        text, traits = self._fitted(node.first, numbers, brackets.SIDE)
        parts = [text]
        for sign, side in node.links:
            text, more = self._fitted(side, numbers, brackets.SIDE)
            traits |= more
            parts.append(self.RELATION_SIGNS[sign] + text)
        return "".join(parts), brackets.RELATION | traits & brackets.TALL

    def _valued(self, node: nodes.Valued, numbers: Numbers) -> Piece:
        return self._piece(node.body, node.numbers if numbers is None else nested(node.numbers, numbers))

    def _derivative(self, node: nodes.Derivative, numbers: Numbers) -> Piece:
        """Numbers never enter a derivative: it is of the symbols, whatever their values are."""
        return self._differential(self._piece(node.of, None), self._piece(node.by, None), node.total)

    def _gap(self, left: int, right: int, sign: str) -> str:
        """Return what stands between two juxtaposed factors with these traits: the sign, or what replaces it."""
        return sign

    def _arguments(self, arguments: tuple[Written, ...], numbers: Numbers) -> Piece:
        """Return the arguments of a call in their round brackets."""
        if len(arguments) == 1:
            piece = self._piece(arguments[0], numbers)
            return piece if piece[1] & brackets.BRACKETED else self._enclosed(piece)
        pieces = [self._piece(argument, numbers) for argument in arguments]
        tall = brackets.NOTHING
        for _, traits in pieces:
            tall |= traits & brackets.TALL
        return self._enclosed((self.separator.join(text for text, _ in pieces), tall))

    # What each format draws in its own way.

    @abstractmethod
    def _brackets(self, text: str, traits: int) -> str: ...

    @abstractmethod
    def _symbol_piece(self, node: nodes.Symbol) -> Piece: ...

    @abstractmethod
    def _constant(self, node: nodes.Constant, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _quotient(self, node: nodes.Quotient, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _power(self, node: nodes.Power, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _transpose(self, node: nodes.Transpose, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _norm(self, node: nodes.Norm, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _call(self, node: nodes.Call, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece: ...

    @abstractmethod
    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _cases(self, node: nodes.Cases, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _matrix(self, node: nodes.Matrix, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _sequence(self, node: nodes.Sequence, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _annotation(self, node: nodes.Annotation, numbers: Numbers) -> Piece: ...

    @abstractmethod
    def _ellipsis(self, node: nodes.Ellipsis, numbers: Numbers) -> Piece: ...
