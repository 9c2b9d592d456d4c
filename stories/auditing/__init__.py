"""The audit log: what was done of weight, by whom, from where and to what. `write_entry` is the one door."""
