"""公平竞争: what has been written for others to read, looked over for promises the law does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.fairness import FairRule, promises, shipped_rules
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

Texts = Iterable[tuple[str, str]]
"""Where a text stands, as a person would say it, and the text."""
AROUND = 12


@dataclass(frozen=True)
class Promise:
    """One place to put right: where, which words (characters `start` to `end`), among which others, why not, what
    instead."""

    place: str
    words: str
    start: int
    end: int
    around: str
    article: str
    forbidden: str
    instead: str

    @property
    def sentence(self) -> str:
        """All of it on one line."""
        return f"{self.place}：“{self.around}”——{self.article}：{self.forbidden}。建议：{self.instead}"


def note_of(found: Sequence[Promise]) -> str:
    """What the ledger says of a paper that was printed although it holds some; "" when it holds none."""
    return f"，有公平竞争提示{len(found)}处" if found else ""


def rules_of(office: Office) -> list[FairRule]:
    """The office's own list; what ships while it has none."""
    return office.find(Query(FairRule, order=("id",))) or list(shipped_rules())


def find(office: Office, texts: Texts) -> list[Promise]:
    """Every promise in the texts that the rules in force today do not allow, in their order."""
    return list(_found(texts, rules_of(office), office))


def _found(texts: Texts, rules: list[FairRule], office: Office) -> Iterator[Promise]:
    day = today(office.clock)
    for place, text in texts:
        for one in promises(text, rules, day):
            around = text[max(one.start - AROUND, 0) : one.end + AROUND].replace("\n", " ").strip()
            rule = one.rule
            yield Promise(place, one.words, one.start, one.end, around, rule.article, rule.forbidden, rule.instead)
