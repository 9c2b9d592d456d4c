"""From a verdict to an alert: who hears of it, in what words, over which channel."""
