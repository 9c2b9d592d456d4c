"""Faults: the whole product, started as an operator starts it, while parts of it are killed, cut off or filled up.

`python -m tests.faults` (`make faults`) runs what `runs.py` has registered. Each run is seeded: who is killed and when
is drawn from the seed, so that a run that lost something is done again by the command that it prints.
"""
