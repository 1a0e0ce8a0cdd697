"""Papers: records → blocks → pages. The only place that knows PDF; a paper itself is plain data."""
