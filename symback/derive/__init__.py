"""Why the gradient is what it is: typed steps, without prose, markup or numbers."""
