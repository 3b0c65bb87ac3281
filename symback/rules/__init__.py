"""The tables of what a network may compute: activations and losses, one row each."""
