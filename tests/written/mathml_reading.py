"""An independent reader of printed MathML: the elements are parsed as XML and evaluated by their own rules, strictly.

Two signs in a row, a number after an invisible product, an argument too many: each is an error.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

REPEATS = 3
"""Indexed sums run from 1 to this, and their bodies do not depend on the index."""

PRODUCT_SIGNS = {"×": False, "⋅": False, "∗": False, "∘": True, "\u2062": False}
ARGUMENTS = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "munderover": 3, "mover": 2}
CORE = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mtable", "mtr", "mtd", "msqrt", *ARGUMENTS}
"""The elements of MathML Core that a page may use."""


def parsed(ink: str) -> ElementTree.Element:
    """Return the element around printed MathML; what is not well-formed, or not of MathML Core, is refused."""
    root = ElementTree.fromstring(f"<math>{ink}</math>")
    for node in root.iter():
        if node.tag not in CORE:
            raise ValueError(f"{node.tag} is not an element of MathML Core")
        if len(node) != ARGUMENTS.get(node.tag, len(node)):
            raise ValueError(f"{node.tag} with {len(node)} arguments in {ink!r}")
        if node.tag == "mrow" and node[0].tag == "mrow" and len(node) == 1:
            raise ValueError(f"a row in a row in {ink!r}")
        if node.tag in ("mi", "mn", "mo") and not (node.text and not len(node)):
            raise ValueError(f"{node.tag} without a text of its own in {ink!r}")
        if (node.tail or "").strip() or (len(node) and (node.text or "").strip()):
            raise ValueError(f"text between elements in {ink!r}")
    return root


def mathml_value(ink: str) -> Fraction:
    """Return the number that printed MathML says."""
    return _Row(list(parsed(ink)), ink).whole()


class _Row:
    """The children of one element, read from left to right; brackets of an ``mrow`` are its first and last child."""

    def __init__(self, nodes: list[ElementTree.Element], ink: str) -> None:
        self.nodes = nodes
        self.ink = ink

    def sign(self) -> str:
        return (self.nodes[0].text or "") if self.nodes and self.nodes[0].tag == "mo" else ""

    def whole(self) -> Fraction:
        value = self.sum()
        if self.nodes:
            raise ValueError(f"{self.nodes[0].tag} left over in {self.ink!r}")
        return value

    def sum(self) -> Fraction:
        value = self.signed()
        while self.sign() in ("+", "−"):
            if self.nodes[0].get("form"):
                raise ValueError(f"a sign between terms that is set like one in front in {self.ink!r}")
            value += self.term() if self.nodes.pop(0).text == "+" else -self.term()
        return value

    def signed(self) -> Fraction:
        if self.sign() == "−":
            if self.nodes.pop(0).get("form") != "prefix":
                raise ValueError(f"a sign in front that is set like one between terms in {self.ink!r}")
            return -self.term()
        return self.term()

    def term(self) -> Fraction:
        value, is_open = self.factor()
        kinds = set()
        while self.sign() in PRODUCT_SIGNS:
            if is_open:
                raise ValueError(f"a factor behind an indexed sum in {self.ink!r}")
            sign = self.nodes.pop(0).text or ""
            kinds.add(PRODUCT_SIGNS[sign])
            while self.nodes and self.nodes[0].tag == "mspace":
                self.nodes.pop(0)
            if sign == "\u2062" and _is_numeric(self.nodes[0]):
                raise ValueError(f"a number without a sign before it in {self.ink!r}")
            factor, is_open = self.factor()
            value *= factor
        if len(kinds) > 1:
            raise ValueError(f"two kinds of product without brackets in {self.ink!r}")
        return value

    def factor(self) -> tuple[Fraction, bool]:
        """Return a factor, and whether it takes in all that follows."""
        if not self.nodes:
            raise ValueError(f"nothing where a factor should stand in {self.ink!r}")
        node = self.nodes.pop(0)
        if node.tag in ("munder", "munderover") and node[0].text == "∑":
            return REPEATS * self.term(), True
        return _value(node, self.ink), False


def _is_numeric(node: ElementTree.Element) -> bool:
    if node.tag == "mfrac":
        return all(map(_is_numeric, node))
    return node.tag == "mn" or (node.tag == "msup" and _is_numeric(node[0]))


def _value(node: ElementTree.Element, ink: str) -> Fraction:
    if node.tag == "mn":
        return Fraction(node.text or "")
    if node.tag == "mfrac":
        return _value(node[0], ink) / _value(node[1], ink)
    if node.tag == "msup":
        base = node[0]
        if base.tag not in ("mn", "mrow") or (base.tag == "mrow" and base[0].text != "("):
            raise ValueError(f"a base that needs brackets in {ink!r}")
        return _value(base, ink) ** int(_value(node[1], ink))
    if node.tag == "mrow":
        inside = list(node)
        if inside[0].tag == "mo" and inside[0].text == "(":
            raised = inside[-1].tag == "msup"
            if (inside[-1][0] if raised else inside[-1]).text != ")":
                raise ValueError(f"a bracket that does not close in {ink!r}")
            value = _Row(inside[1:-1], ink).whole()
            return value ** int(_value(inside[-1][1], ink)) if raised else value
        return _Row(inside, ink).whole()
    raise ValueError(f"unexpected {node.tag} in {ink!r}")
