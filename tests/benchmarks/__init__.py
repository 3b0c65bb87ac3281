"""How fast symback is, always beside something else: only ratios of what ran side by side mean anything."""
