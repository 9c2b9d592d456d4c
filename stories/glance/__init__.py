"""What a person sees of the newsroom at a glance: what waits for them, and how it does. One question a file.

Everything is counted from rows, within a `Scope`: whose stories the person may be told of.
"""
