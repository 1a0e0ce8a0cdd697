"""A section of a reception."""

from __future__ import annotations

from zhaoshang_desktop.ui.affair.step import AffairStep, Mark
from zhaoshang_desktop.ui.reception.seen import Seen


class Section(AffairStep[Seen]):
    """`KEYS` are the sections of the findings that belong here."""

    KEYS: tuple[str, ...] = ()

    @classmethod
    def mark(cls, sight: Seen) -> Mark:
        """How far it is: wrong as long as a rule is broken."""
        own = [one for one in sight.look.findings if one.section in cls.KEYS]
        count = cls.count(sight)
        wrong = any(one.wrong for one in own)
        return Mark("wrong" if wrong else "done" if count else "open", count)

    @staticmethod
    def count(seen: Seen) -> str:
        """The number beside its name."""
        return ""
