"""外出: the list of trips, and one trip from its purpose to its log."""
