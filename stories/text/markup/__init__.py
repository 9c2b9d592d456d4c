"""HTML: what of it can be seen, and what each block of it is there for."""
