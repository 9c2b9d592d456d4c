"""A story from outside becomes an article, its proposed citations, its updates and a version.

read → parse → match → import: bytes to text, text to story, story to article, and the rows.
"""
