"""What is on the page and in which order: blocks chosen by a style's plan, written in a notation."""
