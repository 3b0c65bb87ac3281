"""Printers with the signs of a notation."""

from __future__ import annotations

from typing import TypeVar

from symback.notation.names import Names
from symback.written.printer import Printer

P = TypeVar("P", bound=Printer)


def printer_of(kind: type[P], names: Names) -> P:
    """Return a printer of a page's mathematics: products and decimal marks are those of the page's notation."""
    notation = names.notation
    return kind(names, notation.product, notation.juxtapose == "yes", notation.decimal_mark)
