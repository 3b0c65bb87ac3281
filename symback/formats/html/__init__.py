"""Pages for the screen: one file with MathML, drawings and everything that they need."""
