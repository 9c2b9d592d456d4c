"""Accounts without their pages: how long a guesser waits, which role a group gives, the letters that carry links."""
