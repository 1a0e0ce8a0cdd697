"""下发与汇总: sheets out to the departments, and home again."""
