"""The calendar file, read as RFC 5545 says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.calendar_file import OCTETS, Event, calendar_text, write_calendar
from zhaoshang_desktop.runtime.clock import SHANGHAI

STAMP = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
EVENT = Event(
    "visit-1@zhaoshang", NINE, NINE + timedelta(minutes=90), "拜访 青禾", "无锡，示范路18号", "会见：周总", remind=60
)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_an_entry_is_written_as_the_standard_says() -> None:
    assert unfolded(calendar_text("长三角小分队", [EVENT], STAMP)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhaoshang-desktop//trip//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:长三角小分队",
        "BEGIN:VEVENT",
        "UID:visit-1@zhaoshang",
        "DTSTAMP:20261120T010000Z",
        "SEQUENCE:3621660",
        "DTSTART:20261124T013000Z",
        "DTEND:20261124T030000Z",
        "SUMMARY:拜访 青禾",
        "LOCATION:无锡，示范路18号",
        "DESCRIPTION:会见：周总",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:拜访 青禾",
        "TRIGGER:-PT60M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_one_that_was_called_off_says_so_and_rings_no_more() -> None:
    event = Event("a@b", NINE, NINE, "会见", cancelled=True, remind=60)
    lines = unfolded(calendar_text("", [event], STAMP))
    assert "STATUS:CANCELLED" in lines
    assert "BEGIN:VALARM" not in lines


def test_a_later_file_has_a_higher_sequence() -> None:
    def sequence(stamp: datetime) -> int:
        (line,) = (line for line in unfolded(calendar_text("", [EVENT], stamp)) if line.startswith("SEQUENCE:"))
        return int(line.removeprefix("SEQUENCE:"))

    assert sequence(STAMP + timedelta(minutes=1)) == sequence(STAMP) + 1


@given(st.text(max_size=120))
def test_any_words_come_back_and_no_line_is_too_long(words: str) -> None:
    text = calendar_text(words, [Event("a@b", NINE, NINE, words, words, words)], STAMP)
    assert all(len(line.encode()) <= OCTETS for line in text.split("\r\n"))
    (line,) = (line for line in unfolded(text) if line.startswith("SUMMARY:"))
    told = line.removeprefix("SUMMARY:")
    plain = "".join(char for char in words if char == "\n" or ord(char) >= 32)
    read = told.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",").replace("\\n", "\n").replace("\0", "\\")
    assert read == plain


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        write_calendar(tmp_path / "没有" / "行程.ics", "", [EVENT], STAMP)
    assert list(tmp_path.iterdir()) == []
