"""symback: the page that a good lecturer writes by hand, by machine."""
