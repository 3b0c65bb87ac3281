"""Formats: blocks to text through thin Jinja skeletons."""
