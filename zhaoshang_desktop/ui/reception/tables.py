"""日程, 人员, 用餐, 车辆住房 of a reception: tables that are typed into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.reception import GUEST, INVESTING_MEAL, OFFICIAL, OURS, WORKING_MEAL
from zhaoshang_desktop.domain.reception_rule import SMALL_COMPANY
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.reception.rows import Rows
from zhaoshang_desktop.ui.reception.section import Section

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen

GUEST_COLUMNS = ("name", "unit", "duty", "rank", "phone", "note")
OUR_COLUMNS = ("name", "unit", "duty", "phone", "companion", "note")
STAY_COLUMNS = ("name", "unit", "car", "room_kind", "room", "check_in", "check_out")


class ItemsSection(Section):
    """日程."""

    KEY, TITLE, KEYS = "items", "日程", ("items",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.rows = Rows(desk, "reception_item", "日程", self)
        _only(self, self.rows)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.rows.begun = {"day": seen.record.start}
        self.rows.put(seen.key, seen.look.book.items)

    def keep(self) -> None:
        self.rows.commit()

    def buttons(self) -> Buttons:
        return (("粘贴 Excel 行", "reception.paste"),)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.new": self.rows.add, "reception.paste": self.rows.paste}

    def status(self) -> str:
        return f"日程 {len(self.rows.model.rows)} 项" if self.sight else ""

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.look.book.items) or "")


class PeopleSection(Section):
    """人员: guests above, ours below."""

    KEY, TITLE, KEYS = "people", "人员", ("people",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.guests = Rows(desk, "reception_person", "客人", self, names=GUEST_COLUMNS)
        self.ours = Rows(desk, "reception_person", "我方人员", self, names=OUR_COLUMNS)
        self.guests.omit = self.ours.omit = ("side",)
        self.guests.model.only, self.ours.model.only = {"side": GUEST}, {"side": OURS}
        _split(self, self.guests, self.ours)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.guests.begun = {"side": GUEST, "unit": seen.record.from_unit}
        self.ours.begun = {"side": OURS}
        self.guests.put(seen.key, seen.look.book.guests)
        self.ours.put(seen.key, seen.look.book.ours)

    def keep(self) -> None:
        self.guests.commit()
        self.ours.commit()

    def buttons(self) -> Buttons:
        return (
            ("粘贴 Excel 行", "reception.paste"),
            ("选联系人…", "reception.guests"),
            ("选我方人员…", "reception.ours"),
        )

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "record.new": self.guests.add,
            "reception.paste": self.guests.paste,
            "reception.guests": self.choose_guests,
            "reception.ours": self.choose_ours,
        }

    def choose_guests(self) -> None:
        """Ticks among the people of the investors who come."""
        from zhaoshang_desktop.ui.reception.people_dialog import ContactsDialog  # made when first needed

        if self.sight is not None:
            ContactsDialog(self.desk, self.sight.key, self.sight.record.investors, self).open()

    def choose_ours(self) -> None:
        """Ticks among our own."""
        from zhaoshang_desktop.ui.reception.people_dialog import MembersDialog  # made when first needed

        if self.sight is not None:
            MembersDialog(self.desk, self.sight.key, (), self).open()

    def status(self) -> str:
        book = self.sight.look.book if self.sight else None
        return f"客人 {len(book.guests)} 人　我方 {len(book.ours)} 人" if book else ""

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.look.book.guests) or "")


class MealsSection(Section):
    """用餐."""

    KEY, TITLE, KEYS = "meals", "用餐", ("meals",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.rows = Rows(desk, "reception_meal", "用餐", self)
        self.said = QLabel(self)
        _only(self, self.rows, self.said)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        official = seen.record.kind == OFFICIAL
        begun = WORKING_MEAL if official and not seen.look.book.meals else INVESTING_MEAL
        self.rows.begun = {
            "day": seen.record.start,
            "kind": "自行用餐" if official and seen.look.book.meals else begun,
        }
        self.rows.put(seen.key, seen.look.book.meals)
        self.said.setText(_meal_words(seen))

    def keep(self) -> None:
        self.rows.commit()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.new": self.rows.add}

    def status(self) -> str:
        return self.said.text()

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.look.book.meals) or "")


class CarsSection(Section):
    """车辆住房: the cars above, who rides and sleeps where below."""

    KEY, TITLE, KEYS = "cars", "车辆住房", ("cars",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.cars = Rows(desk, "reception_car", "车辆", self)
        self.stays = Rows(desk, "reception_person", "人员", self, names=STAY_COLUMNS)
        _split(self, self.cars, self.stays)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.cars.put(seen.key, seen.look.book.cars)
        self.stays.begun = {"side": GUEST}
        self.stays.put(seen.key, seen.look.book.people)

    def keep(self) -> None:
        self.cars.commit()
        self.stays.commit()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.new": self.cars.add}

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.look.book.cars) or "")


def _meal_words(seen: Seen) -> str:
    """How many eat by the lists, and how many may, with the article."""
    book, standard = seen.look.book, seen.look.standard
    guests, companions = len(book.guests), sum(1 for one in book.ours if one.companion)
    words = f"人数空着时按名单：客人 {guests} 人，陪餐 {companions} 人（在“人员”里标）"
    most = standard.companions(guests)
    if most is None:
        return f"{words}。{seen.record.kind}的陪餐标准还没有填（文件 → 标准与参数 → 接待标准）。"
    return f"{words}；陪餐不超过 {most} 人{standard.cited(SMALL_COMPANY)}。"


def _only(section: Section, rows: Rows, above: QLabel | None = None) -> None:
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    if above is not None:
        above.setProperty("role", "secondary")
        above.setContentsMargins(24, 8, 24, 0)
        above.setWordWrap(True)
        column.addWidget(above)
    column.addWidget(rows)
    section.setFocusProxy(rows.view)


def _split(section: Section, above: Rows, below: Rows) -> None:
    split = QSplitter(Qt.Orientation.Vertical, section)
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    split.addWidget(above)
    split.addWidget(below)
    split.setStretchFactor(0, 1)
    split.setStretchFactor(1, 1)
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(split)
    section.setFocusProxy(above.view)
