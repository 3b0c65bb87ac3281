"""Drawings in the language of each format."""
