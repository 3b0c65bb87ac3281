"""What is computed: named scalar quantities in topological order."""
