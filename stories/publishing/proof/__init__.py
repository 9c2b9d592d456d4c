"""The mathematics of the public record, and its verification: no Django, no database, no network.

`python -m stories.publishing.proof FILE` verifies an export, or one story's bundle, anywhere.
"""
