"""Mathematics as other people write it, LaTeX, Unicode or plain text, read into the written tree."""
