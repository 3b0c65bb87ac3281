"""The numbers of a page: exact or enclosed, rounded by a stated rule, carried as people carry them."""
