"""The recovery key: read back from paper as people write it, and slips are found where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.recovery import GROUPS, SYMBOLS, read_recovery, recovery_bytes, recovery_text, written


@given(st.binary(min_size=20, max_size=20))
def test_what_is_written_is_read_back(raw: bytes) -> None:
    assert recovery_bytes(written(raw)) == raw


def test_two_keys_are_never_the_same() -> None:
    assert recovery_text() != recovery_text()


def test_it_is_read_as_people_type_it() -> None:
    raw, text = recovery_text()
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in text)
    for typed in (text.lower(), text.replace("-", " "), text.replace("-", ""), f" {text}\n", full_width):
        assert recovery_bytes(typed) == raw
    assert recovery_bytes(text.replace("0", "O").replace("1", "l")) == raw


@given(st.binary(min_size=20, max_size=20), st.integers(0, GROUPS * 5 - 1), st.sampled_from(SYMBOLS))
def test_a_wrong_symbol_is_found_in_its_group(raw: bytes, place: int, wrong: str) -> None:
    plain = written(raw).replace("-", "")
    typed = plain[:place] + wrong + plain[place + 1 :]
    if typed != plain:
        with pytest.raises(KnownError, match=f"第 {place // 5 + 1} 组"):
            recovery_bytes(typed)


@given(st.binary(min_size=20, max_size=20))
def test_two_groups_exchanged_are_noticed(raw: bytes) -> None:
    first, second, *rest = written(raw).split("-")
    if first != second:
        assert read_recovery("-".join((second, first, *rest))) is None


def test_what_is_missing_or_foreign_is_said() -> None:
    _, text = recovery_text()
    with pytest.raises(KnownError, match="现在一共是 39 位"):
        recovery_bytes(text[:-1])
    with pytest.raises(KnownError, match="没有“\\*”"):
        recovery_bytes(text[:-1] + "*")
    assert read_recovery("我的密码") is None
