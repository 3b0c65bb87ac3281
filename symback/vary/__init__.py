"""Variations: the same question with other friendly numbers."""
