"""What on a page changes by itself, and what it says of the present moment."""
