"""Figures: where everything in a drawing stands, in ems and without a format."""
