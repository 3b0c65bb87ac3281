"""Tables: each cell is a claim about what its row and its column name."""
