"""A whole newsroom moves into another database: refused where it could lose something, or done and proven."""
