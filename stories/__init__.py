"""The newsroom story-update tracker: watch what stories cite, alert, update, publish, and show what changed."""
