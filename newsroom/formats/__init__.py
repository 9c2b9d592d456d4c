"""How the newsroom writes dates, by language; readers' pages have forms of their own."""
