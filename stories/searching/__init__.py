"""Words → what says them: articles, claims, passages, sources and updates, on either database, as one may see them."""
