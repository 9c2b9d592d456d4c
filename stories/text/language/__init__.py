"""Letters, words and sentences, and the words of the languages that we know something of."""
