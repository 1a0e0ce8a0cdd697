"""Cuts a flow of items into pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile

from zhaoshang_desktop.papers.flow import Card, Item, Plate


@dataclass
class Page:
    """Items with the distance of their top from the head of the text block."""

    items: list[tuple[float, Item]] = field(default_factory=list)
    used: float = 0.0

    @property
    def cover(self) -> bool:
        """Whether nothing else may stand on it."""
        return any(isinstance(item, Plate | Card) for _, item in self.items)

    def add(self, item: Item) -> None:
        top = self.used + self._gap(item)
        self.items.append((top, item))
        self.used = top + item.height

    def room_for(self, item: Item, room: float) -> float:
        return room - self.used - self._gap(item)

    def take_kept(self) -> Iterator[Item]:
        """Takes away, last first, what must not end a page; all of a page it never takes."""
        kept = sum(1 for _ in takewhile(lambda placed: placed[1].keep, reversed(self.items)))
        if kept < len(self.items):
            for _ in range(kept):
                top, item = self.items.pop()
                self.used = top - self._gap(item)
                yield item

    def _gap(self, item: Item) -> float:
        return max(item.before, self.items[-1][1].after) if self.items else 0.0


def paginate(items: Iterable[Item], room: float) -> list[Page]:
    """The items on pages with that much room; nothing is lost and no page but a first one is empty.

    What cannot be cut and is higher than a page stands on one of its own and runs over its foot.
    """
    pages = [Page()]
    waiting = deque(items)
    while waiting:
        item = waiting.popleft()
        page = pages[-1]
        if page.items and (item.new_page or _must_move(item, waiting, page, room)):
            pages.append(page := Page())
        left = page.room_for(item, room)
        if item.height <= left + 0.01:
            page.add(item)
            continue
        parts = item.split(left, force=not page.items)
        if parts is None and page.items:
            pages.append(Page())
            waiting.appendleft(item)
            waiting.extendleft(page.take_kept())
        elif parts is None:
            page.add(item)
        else:
            page.add(parts[0])
            waiting.appendleft(parts[1])
            pages.append(Page())
    return pages


def _must_move(item: Item, following: deque[Item], page: Page, room: float) -> bool:
    """Whether the item, with what it is kept to, has no place on the rest of the page."""
    need, last = 0.0, item
    chain = [item]
    for later in islice(following, 8):
        if not last.keep or later.new_page:
            break
        chain.append(last := later)
    for before, after in pairwise(chain):
        need += before.height + max(before.after, after.before)
    need += last.least
    return need > page.room_for(item, room) + 0.01 and need <= room
