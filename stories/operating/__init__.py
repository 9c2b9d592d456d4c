"""What an operator needs: is all well, what is wrong, how to move and to keep what is there."""
