"""What the machine gives: folders, settings, logs, the clock."""
