"""One module looks at one thing; each yields its findings, and raises nothing but what the database raises."""
