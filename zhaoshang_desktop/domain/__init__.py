"""The field's own nouns: dataclasses and pure functions, without files, Qt or SQL."""
