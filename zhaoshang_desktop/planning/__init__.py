"""Whom to see, who goes, in what order and at what cost."""
