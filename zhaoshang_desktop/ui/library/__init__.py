"""The libraries: views at the left, the table in the middle, the record at the right."""
