"""Judging the claims of a document: chains of numbers and formulas, one side after the other."""
