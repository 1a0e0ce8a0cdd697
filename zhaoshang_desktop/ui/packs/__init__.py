"""出差包: out, the register of what is out, and home again."""
