"""The only door to the network: what may be reached, and what a server may do to us before we hang up."""
