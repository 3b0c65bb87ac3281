"""What a page on the screen can be asked: every quantity with its value, formula, uses, gradient and paths."""
