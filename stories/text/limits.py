"""How much this room reads and weighs, so that no copy takes more than some 60 MB or a few seconds."""

# Of a copy as it came, and of the text that is read from it.
MOST_BYTES = 20_000_000
MOST_CHARACTERS = 3_000_000
# Of a page that a tree is built of, without its scripts if it is larger; what is larger still is read flat.
MOST_BYTES_OF_TREE = 2_000_000
MOST_BYTES_WITH_SCRIPTS = 8_000_000
MOST_TAGS_OF_TREE = 30_000
# Of the values of a JSON document or the elements of a feed's entries.
MOST_VALUES = 150_000
# A longer text is compared and searched in parts.
LONG_TEXT = 300_000
