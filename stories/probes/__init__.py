"""What machines ask that look after the newsroom."""
