"""Ways in which people index the quantities of a network, role by role."""
