"""上级报表: their sheet, what each column of it holds, and filling it."""
