"""From a source to a verdict: what is due, fetched, judged and kept."""
