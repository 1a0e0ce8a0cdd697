"""待办: who has to do what by when."""
