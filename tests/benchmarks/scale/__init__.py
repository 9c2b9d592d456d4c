"""A newsroom of the size that is asked for, and whether its pages stay as quick as those of a hundredth of it.

sizes     → how many of what            published → stories with their record, by COPY
rows      → everything else, by SQL     words     → the index of words
hands     → many of them at once        fill      → all of it, with its indexes and what is to be verified
asked     → what is asked of it         measure   → times, queries and sizes of one database, as JSON
compare   → both sizes side by side
"""
