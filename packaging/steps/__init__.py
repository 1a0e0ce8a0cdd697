"""The commands of dev.py, one file a command, and what they share."""
