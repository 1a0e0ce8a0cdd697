"""Workbooks of every oddity, written by ourselves, with the answer each must get; all firms are invented.

`python -m tests.exchange.corpus` writes them anew into tests/data/workbooks, the answer of each beside it.
"""
