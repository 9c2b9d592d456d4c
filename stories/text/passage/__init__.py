"""Where a passage stands in a text, by what quoting practice allows, and what stands in its place."""
