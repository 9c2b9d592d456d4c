"""What a check costs: ours through the real worker, broker and database, beside the floor and the peers.

corpus   → the pages, in versions            site    → a server of them on two hundred hosts of loopback
newsroom → our worker, and what it costs     floor   → the same work with nothing round it
peers    → other people's monitors           growth  → does a check cost more where there are more rows?
"""
