"""Spreadsheets in and out: the only code that knows their formats."""
