"""The newsroom at a glance, as the admin's first page shows it: a file for each picture."""
