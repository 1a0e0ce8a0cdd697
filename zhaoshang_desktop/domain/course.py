"""How far an affair of several days has got: what the calendar says nobody has to set."""

from __future__ import annotations

from datetime import date


def course_on(course: tuple[str, str, str], stated: str, start: date | None, end: date | None, today: date) -> str:
    """The state of an affair on a day: `course` is what it is called before its first day, in its days and after them.

    What was stated stands if it is further on (back earlier), or of another kind (a draft, called off, settled).
    """
    if stated not in course or start is None:
        return stated
    gone = 0 if today < start else 1 if today <= (end or start) else 2
    return course[max(gone, course.index(stated))]
