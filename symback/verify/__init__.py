"""Judging a hand-derived document: every line is bound to the network, then asked whether it is true and whether it follows."""
