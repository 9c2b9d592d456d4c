"""The example newsroom: people, two stories, and the pages that they cite. All of its words are invented."""
