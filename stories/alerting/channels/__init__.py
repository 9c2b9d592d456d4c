"""One module a channel: each takes a delivery to a person, or says why not."""
