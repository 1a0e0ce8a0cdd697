"""Importing: a workbook into a library, step by step."""
