"""Mathematics as written: nodes, printers, the plain-text reader, and the bridge to the calculus."""
