"""What 外出 and 请进来 have in common on the screen: a list, and one of its affairs opened at its steps."""
