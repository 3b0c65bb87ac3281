"""The spec: what the author of a page says, read and validated once."""
