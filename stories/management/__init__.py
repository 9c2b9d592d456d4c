"""The same work by hand."""
