"""A journal line says the same however it is put together."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.store import lines

stored = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",))),
    st.integers(-(2**62), 2**62),
    st.tuples(st.integers(0, 2**60), st.sampled_from(["CNY", "USD"])).map(list),
)


@given(st.dictionaries(st.sampled_from(["name", "note", "registered_capital", "staff", "raw"]), stored))
def test_the_line_of_a_new_record_goes_from_nothing_to_what_is_stored(values: dict[str, object]) -> None:
    assert json.loads(lines.created(values)) == {name: [None, value] for name, value in values.items()}
    assert lines.created(values) == lines.changed({name: [None, value] for name, value in values.items()})
