"""One function per thing a user does; each takes an office and returns what changed."""
