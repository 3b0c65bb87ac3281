"""Numbered rules with letters for indices, one example each, and the update in its three lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symback.derive.derivation import BATCH, NEW
from symback.document.arrange import Leaf, column, members
from symback.document.blocks import Block, Display, Paragraph
from symback.document.general_rules import FUNCTION, Letters, bias_gradient, error, output_error, weight_gradient
from symback.document.page import Page, Scope
from symback.document.working import Form, Side, chain, sides, sign, value
from symback.derive.applied import applied
from symback.derive.derivation import LEARNING_RATE
from symback.derive.step import Rule
from symback.rules.activations import OUTPUT, output_form
from symback.values.following import is_rounded, substituted
from symback.written.nodes import Call, Group, Name, Negative, Partial, Product, Relation, Sum, Written
from symback.written.substitute import leaves, substitute
