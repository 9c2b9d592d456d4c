"""How two texts differ: by blocks, and in them by words."""
