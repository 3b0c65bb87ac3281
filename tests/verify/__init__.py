"""How well hand-derived documents are verified: generated ones, with and without planted mistakes."""
