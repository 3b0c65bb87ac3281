"""Notations: which symbols a page gives to the quantities of a network. All of it is data."""
