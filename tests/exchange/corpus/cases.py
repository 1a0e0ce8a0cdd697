"""All workbooks of the corpus."""

from __future__ import annotations

from tests.exchange.corpus import files, layouts, offices, values
from tests.exchange.corpus.case import Case

CASES: tuple[Case, ...] = (*files.CASES, *layouts.CASES, *values.CASES, *offices.CASES)
