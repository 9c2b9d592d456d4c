"""What is done to many rows at once: shown first, then done with history and actor, and taken back row by row."""
