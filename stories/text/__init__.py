"""Pure functions on text: no Django, no network, no clock."""
