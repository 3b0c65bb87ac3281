"""Builders: what a plan's rows call, each returning the blocks of one kind of working."""
