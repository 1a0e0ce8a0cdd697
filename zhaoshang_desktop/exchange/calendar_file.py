"""日历文件 .ics (RFC 5545), as phones and Outlook take it in.

Written by hand: it is one kind of component with eight properties, and moments stand in UTC, so that neither time zone
tables nor a library of 5 MB with two dependencies is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from zhaoshang_desktop.domain.errors import not_written
from zhaoshang_desktop.domain.text import storable
from zhaoshang_desktop.runtime.files import replace_file

OCTETS = 75
"""The longest line; what is longer goes on in the next after a space (RFC 5545, 3.1)."""
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """One entry; `uid` is the same in every file, so that one imported again moves instead of standing twice."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    description: str = ""
    cancelled: bool = False
    remind: int = 0


def write_calendar(path: Path, name: str, events: Iterable[Event], stamp: datetime) -> None:
    """Whole or not at all; KnownError when the file cannot be written."""
    data = calendar_text(name, events, stamp).encode()
    try:
        replace_file(path, lambda file: file.write(data))
    except OSError as reason:
        raise not_written(path, reason) from reason


def calendar_text(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """A calendar of that name; what was written at a later `stamp` replaces what came before it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhaoshang-desktop//trip//ZH", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(stamp)}"
    yield f"SEQUENCE:{int((stamp - _EPOCH).total_seconds()) // 60}"
    yield f"DTSTART:{_moment(event.start)}"
    yield f"DTEND:{_moment(max(event.end, event.start))}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    if event.remind and not event.cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
        yield from (f"TRIGGER:-PT{event.remind}M", "END:VALARM")
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    kept = "".join(char for char in storable(text) if char == "\n" or ord(char) >= ord(" "))
    return kept.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most OCTETS, no character cut in two."""
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + char, size + width
    yield part
