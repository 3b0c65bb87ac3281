"""Where brackets are needed, as data: the traits of a printed piece, and for each place the traits it cannot take bare.

A printer returns every node as a piece: its text with the traits of that text. A piece that is put in a place is
bracketed if it has one of the traits that the place lists. All printers share these tables, whatever their format.
"""

from __future__ import annotations

Piece = tuple[str, int]
"""The text of a node and the traits of that text, one bit each."""

# What the outermost operation is.
RELATION = 1 << 0  # a chain of relations
SUM = 1 << 1  # two or more terms
PRODUCT = 1 << 2  # two or more factors, but not with a circle
HADAMARD = 1 << 3  # two or more factors with a circle
SLASH = 1 << 4  # a quotient on one line
FRACTION = 1 << 5  # a quotient with a bar
POWER = 1 << 6  # a power or a transpose

# How the text begins and ends.
MINUS = 1 << 7  # begins with a minus sign
OPPOSITE = 1 << 8  # is a minus sign and then an operand that a sum may subtract
NUMERIC = 1 << 9  # begins with a digit or with a fraction of plain numbers
OPEN = 1 << 10  # ends in an indexed sum, which would take in a further factor
BRANCHED = 1 << 11  # ends in cases, whose brace never closes

# What the text is as a whole.
NUMBER = 1 << 12  # a plain number or a fraction of plain numbers
SCRIPTED = 1 << 13  # has something above it already: a superscript, a prime, an underbrace
WORD = 1 << 14  # a word of several letters
BRACKETED = 1 << 15  # stands in round brackets
TALL = 1 << 16  # higher than a line: brackets around it grow

NOTHING = 0

# The places. A place that has something behind it adds FOLLOWED_TERM or FOLLOWED_FACTOR.
SIDE = RELATION
FIRST_TERM = RELATION | SUM
LATER_TERM = FIRST_TERM | MINUS
NEGATED = LATER_TERM
FOLLOWED_TERM = BRANCHED
FIRST_FACTOR = RELATION | SUM
LATER_FACTOR = FIRST_FACTOR | MINUS | SLASH
FOLLOWED_FACTOR = OPEN | BRANCHED
BASE = RELATION | SUM | PRODUCT | HADAMARD | SLASH | FRACTION | POWER | MINUS | OPEN | BRANCHED | SCRIPTED
EXPONENT = BASE & ~SCRIPTED
DIFFERENTIATED = BASE & ~SCRIPTED
SUMMED = RELATION | SUM | MINUS
BAR_SIDE = RELATION
SLASH_LEFT = RELATION | SUM | SLASH | OPPOSITE
SLASH_RIGHT = RELATION | SUM | PRODUCT | HADAMARD | SLASH | MINUS

# What a compound piece takes over from its first part, from its last part, and from any part.
LEADING = MINUS | NUMERIC
TRAILING = OPEN | BRANCHED
CARRIED_BY_NEGATIVE = PRODUCT | HADAMARD | OPEN | BRANCHED | TALL


def factor_clash(hadamard: bool) -> int:
    """Return the trait that a factor may not have because matrix and Hadamard products do not associate.

    ``(W^T d) o f'(z)`` is not ``W^T (d o f'(z))``, so a product of the one kind is bracketed within the other.
    """
    return PRODUCT if hadamard else HADAMARD
