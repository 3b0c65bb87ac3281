"""Files: where pages go, and how they get there whole."""
