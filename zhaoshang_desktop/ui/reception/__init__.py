"""请进来: the list of receptions, and one reception from its letter to its bill."""
