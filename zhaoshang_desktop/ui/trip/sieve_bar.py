"""Which candidates are shown: region, chain, level, silence, projects and leads; each trip keeps its last choice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from zhaoshang_desktop.actions.candidates import Sieve
from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.ui.library.filters import Chip
from zhaoshang_desktop.ui.trip.flow import Flow

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk

KEPT_TRIPS = 20
LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A 级", ("A",)),
    ("A、B 级", ("A", "B")),
    ("B 级", ("B",)),
    ("C 级", ("C",)),
    ("没有评级", ("",)),
)
SILENCES = ((30, "30 天没联系"), (60, "60 天没联系"), (90, "90 天没联系"), (180, "半年没联系"), (365, "一年没联系"))
LABELS = {
    "region": "地区",
    "chain": "产业链",
    "level": "等级",
    "silent": "多久没联系",
    "in_talk": "有在谈项目",
    "with_lead": "有信息",
}
SWITCHES = ("in_talk", "with_lead")


class SieveBar(Flow):
    """`changed` when another choice was made; `sieve` is the choice, without words."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sieve = Sieve()
        self.chips: dict[str, Chip] = {}
        self._area = ""
        self._chains: Sequence[tuple[str, int]] = ()
        self._provinces: Sequence[tuple[str, int]] = ()
        for name, label in LABELS.items():
            self.chips[name] = chip = Chip(name, label, self)
            chip.asked.connect(self._ask)
            chip.cleared.connect(self._clear)
            self.add(chip)
        self._show()

    @property
    def area(self) -> str:
        """What the chosen region is called."""
        return self._area

    def offer(self, chains: Sequence[tuple[str, int]], provinces: Sequence[tuple[str, int]]) -> None:
        """What can be chosen, with how many there are of each."""
        self._chains, self._provinces = chains, provinces

    def put(self, sieve: Sieve, area: str) -> None:
        """Show a choice that was kept."""
        self.sieve, self._area = dataclasses.replace(sieve, words=""), area
        self._show()

    def choose_region(self, area: str, places: tuple[str, ...]) -> None:
        """Only those inside these places, called so together; everywhere with ""."""
        self._area = area
        self._set("places", places)

    def clear_all(self) -> None:
        """Everybody again."""
        self.put(Sieve(), "")
        self.changed.emit()

    def _show(self) -> None:
        sieve = self.sieve
        texts = {
            "region": self._area,
            "chain": sieve.chain,
            "level": {levels: text for text, levels in LEVELS}.get(sieve.levels, "、".join(sieve.levels)),
            "silent": dict(SILENCES).get(sieve.silent, f"{sieve.silent} 天没联系" if sieve.silent else ""),
            "in_talk": LABELS["in_talk"] if sieve.in_talk else "",
            "with_lead": LABELS["with_lead"] if sieve.with_lead else "",
        }
        for name, text in texts.items():
            self.chips[name].show_text(text)
            if name in SWITCHES and not text:
                self.chips[name].setText(LABELS[name])
        self.arrange()

    def _set(self, name: str, value: Any) -> None:
        self.sieve = dataclasses.replace(self.sieve, **{name: value})
        self._show()
        self.changed.emit()

    def _ask(self, name: str) -> None:
        if name in SWITCHES:
            self._set(name, not getattr(self.sieve, name))
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, data in self._choices(name):
            if data is None:
                menu.addSeparator()
            else:
                menu.addAction(text).setData([name, data])
        if menu.isEmpty():
            menu.addAction("还没有填过产业链的客商").setEnabled(False)
        menu.triggered.connect(self._take)
        chip = self.chips[name]
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        if name == "region":
            groups: list[tuple[str, Any]] = [(text, [text, *codes]) for text, codes in _groups()]
            here = [(f"{place_name(code)}　{count} 家", [place_name(code), code]) for code, count in self._provinces]
            return [*groups, ("", None), *here]
        if name == "chain":
            return [(f"{chain}　{count} 家", chain) for chain, count in self._chains]
        if name == "level":
            return [(text, list(levels)) for text, levels in LEVELS]
        return [(text, days) for days, text in SILENCES]

    def _take(self, action: QAction) -> None:
        name, data = action.data()
        if name == "region":
            self.choose_region(data[0], tuple(data[1:]))
        elif name == "level":
            self._set("levels", tuple(data))
        else:
            self._set(name, data)

    def _clear(self, name: str) -> None:
        if name == "region":
            self.choose_region("", ())
        else:
            field = "levels" if name == "level" else name
            self._set(field, getattr(Sieve(), field))


@cache
def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The regions that go by a name of their own."""
    return tuple((row["name"], tuple(row["codes"].split("、"))) for row in tables.rows("region_groups"))


def kept_sieve(desk: Desk, trip: int) -> tuple[Sieve, str]:
    """The last choice for this trip on this PC, and what its region is called; everybody when there is none."""
    for entry in _kept(desk):
        if entry.get("trip") == str(trip):
            try:
                return _read(entry)
            except (KeyError, TypeError, ValueError):
                break
    return Sieve(), ""


def keep_sieve(desk: Desk, trip: int, sieve: Sieve, area: str) -> None:
    """Remember the choice; an encrypted office's is unreadable without its key, as other filters are."""
    entry = {**dataclasses.asdict(sieve), "words": "", "area": area, "trip": str(trip)}
    others = [one for one in _kept(desk) if one.get("trip") != str(trip)]
    plain = [entry, *others][:KEPT_TRIPS]
    hidden = desk.office.key is not None
    desk.settings.choices[_key(desk)] = desk.office.hide(json.dumps(plain)) if hidden else plain


def _read(entry: dict[str, Any]) -> tuple[Sieve, str]:
    sieve = Sieve(
        places=tuple(map(str, entry["places"])),
        chain=str(entry["chain"]),
        levels=tuple(map(str, entry["levels"])),
        silent=int(entry["silent"]),
        in_talk=bool(entry["in_talk"]),
        with_lead=bool(entry["with_lead"]),
    )
    return sieve, str(entry["area"])


def _kept(desk: Desk) -> list[dict[str, Any]]:
    kept = desk.settings.choices.get(_key(desk), [])
    if desk.office.key is not None:
        kept = json.loads(desk.office.show(str(kept)) or "[]") if kept else []
    return [one for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []


def _key(desk: Desk) -> str:
    return f"candidates@{desk.office.where}"
