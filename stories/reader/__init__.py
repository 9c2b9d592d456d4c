"""The public pages, made from versions alone."""
