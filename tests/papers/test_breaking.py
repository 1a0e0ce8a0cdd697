from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.papers.breaking import NEVER_FIRST, NEVER_LAST, break_lines

CHARACTERS = st.sampled_from("招商引资县" * 6 + "，。、；：？！”）》％（“《【…—" + "a7 ")


def set_in(text: str, room: float) -> list[str]:
    """The lines of a text whose Chinese characters are one wide and whose letters half."""
    widths = [0.5 if char.isascii() else 1.0 for char in text]
    return [text[start:end] for start, end in break_lines(text, widths, room, room)]


@given(st.text(CHARACTERS, max_size=120), st.integers(6, 30))
def test_lines_hold_the_whole_text_in_order(text: str, room: int) -> None:
    assert "".join(set_in(text, room)) == text


@given(st.lists(st.sampled_from(["招商", "引资", "“投资", "企业”", "（一）", "好。", "、", "A级", " ", "——", "……"])))
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(words: list[str]) -> None:
    lines = set_in("县" + "县".join(words), 12)
    assert not [line for line in lines[1:] if line.strip() and line.lstrip()[0] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line.strip() and line.rstrip()[-1] in NEVER_LAST]


@given(st.text(CHARACTERS, max_size=80), st.integers(4, 20))
def test_no_line_is_wider_than_the_room(text: str, room: int) -> None:
    for line in set_in(text, room):
        assert sum(0.5 if char.isascii() else 1.0 for char in line.rstrip()) <= room


def test_figures_and_words_stay_whole() -> None:
    assert set_in("注册资本12,000.50万元ISO9001", 7) == ["注册资本", "12,000.50万元", "ISO9001"]


def test_a_long_web_address_is_broken_at_its_joints() -> None:
    assert set_in("见http://example.com/park/land/2026-plan.html。", 10) == [
        "见http://",
        "example.com/park/",
        "land/2026-",
        "plan.html。",
    ]


def test_a_run_without_any_break_is_cut_where_the_room_ends() -> None:
    assert set_in("字" + "x" * 30, 5) == ["字", "x" * 10, "x" * 10, "x" * 10]


def test_the_first_line_may_have_less_room() -> None:
    widths = [1.0] * 8
    assert break_lines("招商引资招商引资", widths, 3, 5) == [(0, 3), (3, 8)]


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_lines("", [], 5, 5) == [(0, 0)]
