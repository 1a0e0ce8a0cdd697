"""清岚县, a county that does not exist: its firms, people, projects and the workbooks about them.

Everything is invented and drawn from a fixed seed; only the cities are real. Dates count from the
day that is passed in.
"""
