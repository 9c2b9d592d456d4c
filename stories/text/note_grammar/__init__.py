"""The grammar behind `stories.text.notes`.

Imports go upwards only: words, zones · dates, clocks → moments → times · kinds → labels, breaks → leads (how a note
begins) · subjects → changes → announcements, faults (sentences that say what was changed) · reading, over all of them.
"""
