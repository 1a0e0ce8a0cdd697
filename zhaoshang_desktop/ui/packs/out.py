"""带出出差包: which trips, where to, with whom, under which passphrase, to which stick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.pack import Contents, PackedOut, pack_out, place_for, promises_taken, what_goes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.runtime import credentials
from zhaoshang_desktop.runtime.disks import sticks
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.office.secret_fields import NewSecret
from zhaoshang_desktop.ui.packs.written import WrittenPane
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import button, label, scrolled
from zhaoshang_desktop.ui.promises import may_go_on
from zhaoshang_desktop.ui.tab_order import in_order

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.pack import Chosen
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

NO_TRIP = "还没有外出。先在“外出”里新建一次，或在库里选中几条再带出。"
ABROAD = "境外（含港澳台）：联系人、电话和附件不带，人员只带随行的"
HINT = "出差包是加密的，在笔记本上用本程序打开就是一个办公室，不用联网，也不用安装；U盘上直接打开也可以。"
FOLDER, HOLDER, PAPERS = "pack.folder", "pack.holder", "pack.papers"
NO_STICK = "没有看到U盘；插上后再找一次，或先写到文件夹。"
_TRIP_PX, _MOST_TRIPS, _MOST_STICKS = 26, 5, 3


@dataclass(frozen=True)
class Departure:
    """Who takes it, where to, with what, and whether this PC remembers its key."""

    holder: str
    abroad: bool
    papers: bool
    remember: bool


class PackOutPage(Page):
    """Laid over the present page. `chosen` are records instead of trips (what a list has selected)."""

    def __init__(
        self,
        desk: Desk,
        trip: int = 0,
        chosen: tuple[type[Record], tuple[int, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._trip, self._chosen = trip, chosen
        self._folder = Path()
        self.done: PackedOut | None = None
        self.trips, self.none = QListWidget(self), label(NO_TRIP, "value")
        self.papers = QCheckBox("连同现在排好的资料（PDF），笔记本上不用打印机也能看", self)
        self.papers.setChecked(bool(desk.settings.choices.get(PAPERS, True)))
        self.remember = QCheckBox("在这台电脑上记住：带回时不用再输密码", self)
        self.why_not = label("", "secondary")
        self.inland, self.abroad = QRadioButton("境内", self), QRadioButton(ABROAD, self)
        self.holder, self.place = QLineEdit(self), QLineEdit(self)
        self.secret = NewSecret()
        self.counts, self.weight, self.whose = label("", "value"), label("", "value"), label("", "value")
        self.problem = label("", "wrong")
        self._choose = button("选择…", "", self._choose_place)
        self._ways = [button("", "link", self._choose_stick) for _ in range(_MOST_STICKS)]
        self._again, self.no_stick = button("再找U盘", "link", self._look_for_sticks), label("", "secondary")
        self.leaving = button("关闭", "", self.back)
        self.write = button("写出出差包", "primary", self._write)
        self.written: WrittenPane | None = None
        self._body = QStackedWidget(self)
        self._lay_out()
        self.inland.setChecked(True)
        self.trips.itemChanged.connect(self._count)
        self.abroad.toggled.connect(self._count)
        self.holder.setText(str(desk.settings.choices.get(HOLDER, "")))
        for line in (self.place, self.secret.first, self.secret.second):
            line.textChanged.connect(self.problem.clear)
        self.secret.second.returnPressed.connect(self.write.click)
        ways = (*self._ways, self._again)
        form = (self.trips, self.papers, self.inland, self.abroad, self.holder, self.place, self._choose, *ways)
        in_order(*form, self.secret.first, self.secret.second, self.remember, self.leaving, self.write)

    def arrive(self) -> None:
        if self.written is None:
            self.trips.setFocus()

    def back(self) -> bool:
        self.leave()
        self.closed.emit()
        return True

    def leave(self) -> bool:
        if self.written is not None:
            self.written.key.stop()
        return True

    def office_opened(self) -> None:
        self.desk.ask((self, "trips"), _trips, self._show_trips)
        self.desk.ask((self, "credentials"), _why_not_remember, self._show_whether_remembered, later=True)

    def choice(self) -> dict[type[Record], tuple[int, ...]]:
        """What is to go: what the list had chosen, and trips."""
        checked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        trips = tuple(key for item in checked if (key := item.data(Qt.ItemDataRole.UserRole)))
        found: dict[type[Record], tuple[int, ...]] = {Trip: trips} if trips else {}
        if self._chosen is not None and any(not item.data(Qt.ItemDataRole.UserRole) for item in checked):
            found[self._chosen[0]] = self._chosen[1]
        return found

    def _items(self) -> list[QListWidgetItem]:
        return [self.trips.item(row) for row in range(self.trips.count())]

    def put_folder(self, folder: Path) -> None:
        """Write it into that folder, under a name of its own."""
        self._folder = folder
        self.place.setText(str(place_for(folder, self._name(), self.desk.today())))

    def _show_trips(self, trips: list[Trip]) -> None:
        self.trips.blockSignals(True)
        self.trips.clear()
        if self._chosen is not None:
            record, keys = self._chosen
            self._add(f"列表里的{RECORD_TITLES[record.NOUN]}　{len(keys):,} 条", 0, checked=True)
        for number, trip in enumerate(trips):
            days = f"{trip.start:%m-%d} — {trip.end:%m-%d}" if trip.start and trip.end else ""
            wanted = trip.id == self._trip if self._trip else number == 0 and self._chosen is None
            self._add(f"{trip.name}　{days}　{trip.state}", trip.id, checked=wanted)
        self.trips.setCurrentRow(0)
        self.trips.blockSignals(False)
        self.trips.setFixedHeight(min(self.trips.count(), _MOST_TRIPS) * _TRIP_PX + 8)
        self.trips.setVisible(bool(self.trips.count()))
        self.papers.setVisible(bool(self.trips.count()))
        self.none.setVisible(not self.trips.count())
        self._count()

    def _add(self, text: str, key: int, *, checked: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(QSize(0, _TRIP_PX))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.trips.addItem(item)

    def _name(self) -> str:
        texts = [item.text() for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        more = f"等 {len(texts)} 项" if len(texts) > 1 else ""
        return texts[0].split("　")[0] + more if texts else ""

    def _count(self) -> None:
        chosen = self.choice()
        if self.desk.is_open and any(chosen.values()):
            self.counts.setText(self.counts.text() or "正在数……")
            question = partial(_contents, chosen, self.abroad.isChecked())
            self.desk.ask((self, "contents"), question, self._show_contents)
        else:
            self.counts.setText("请至少选一项。")
            self.weight.setText("")
            self.whose.setText("")
        self.write.setEnabled(any(chosen.values()))
        self.papers.setEnabled(bool(chosen.get(Trip)) and not self.abroad.isChecked())
        self.put_folder(self._folder)

    def _show_contents(self, found: Contents) -> None:
        self.counts.setText(found.words().replace("，", "　"))
        self.weight.setText(f"约 {size_text(found.size)}，{found.records:,} 条")
        self.whose.setText(found.whose)

    def _show_whether_remembered(self, why_not: str) -> None:
        self.remember.setEnabled(not why_not)
        self.remember.setToolTip("由 Windows 凭据管理器这类系统凭据库保管。")
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))

    def _write(self) -> None:
        try:
            passphrase, target = self.secret.taken(), self._target()
        except KnownError as error:
            self.problem.setText(f"{error}")
            return
        self.problem.setText("")
        chosen, self.desk.settings.choices[PAPERS] = self.choice(), self.papers.isChecked()
        self.desk.settings.choices |= {FOLDER: str(target.parent), HOLDER: self.holder.text().strip()}
        leaving = Departure(
            self.holder.text().strip(),
            self.abroad.isChecked(),
            self.papers.isEnabled() and self.papers.isChecked(),
            self.remember.isEnabled() and self.remember.isChecked(),
        )
        pack = partial(self._pack, target, chosen, passphrase, leaving)
        if leaving.papers:
            self.desk.ask((self, "promises"), partial(_promises, chosen), pack)
        else:
            pack(())

    def _pack(
        self, target: Path, chosen: Chosen, passphrase: str, leaving: Departure, promises: Sequence[Promise]
    ) -> None:
        if not may_go_on(promises, self, "仍然带出"):
            return
        self.write.setEnabled(False)
        self.desk.run(
            _pack_out,
            target,
            chosen,
            passphrase,
            leaving,
            on_done=self._written,
            on_error=self._failed,
            words="写出差包",
            steps=True,
        )

    def _target(self) -> Path:
        text = self.place.text().strip()
        if not text:
            raise KnownError("还没有选写到哪里。", "请选一个U盘或文件夹。")
        target = Path(text)
        if target.exists():
            raise KnownError(f"“{target.name}”已经存在，它可能还有没带回的内容。", "请换一个文件名。")
        return target

    def _failed(self, error: KnownError) -> None:
        self.problem.setText(f"{error}")
        self.write.setEnabled(True)

    def _written(self, done: PackedOut) -> None:
        self.done = done
        self.written = WrittenPane(done)
        self._body.setCurrentIndex(self._body.addWidget(scrolled(self.written)))
        self.write.hide()
        self.leaving.setText("完成")
        theme.restyle(self.leaving, "kind", "primary")
        self.leaving.setFocus()
        self.status_changed.emit("")

    def _choose_stick(self) -> None:
        self.put_folder(Path(str(self.sender().property("folder"))))

    def _choose_place(self) -> None:
        offered = str(place_for(self._folder, self._name(), self.desk.today()))
        kept, _ = QFileDialog.getSaveFileName(self, "写到哪里", offered, "出差包 (*.pack)")
        if kept:
            self._folder = Path(kept).parent
            self.place.setText(kept)

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setObjectName("toolbar")
        head.setFixedHeight(44)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(label("带出出差包", "heading", wraps=False))
        self.problem.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.problem, 1)
        row.addWidget(self.leaving)
        row.addWidget(self.write)
        self._body.addWidget(scrolled(self._form()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._body, 1)

    def _form(self) -> QWidget:
        pane = QWidget(self)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.trips.setAccessibleName("带什么")
        what = QVBoxLayout()
        what.addWidget(self.none)
        what.addWidget(self.trips)
        what.addWidget(self.papers)
        form.addRow("1　带什么", what)
        where = QVBoxLayout()
        where.addWidget(self.inland)
        where.addWidget(self.abroad)
        form.addRow("2　去哪里", where)
        self.holder.setPlaceholderText("带走的人，如：王强")
        form.addRow("3　谁带走", self.holder)
        form.addRow("4　写到", self._places())
        locked = QVBoxLayout()
        locked.addWidget(self.secret)
        locked.addWidget(self.remember)
        locked.addWidget(self.why_not)
        form.addRow("5　加密", locked)
        row = QHBoxLayout(pane)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(24)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        row.addLayout(left, 3)
        row.addWidget(self._card(), 2, Qt.AlignmentFlag.AlignTop)
        return pane

    def _places(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.place, 1)
        line.addWidget(self._choose)
        column.addLayout(line)
        offered = QHBoxLayout()
        for way in self._ways:
            offered.addWidget(way)
        offered.addWidget(self._again)
        offered.addWidget(self.no_stick, 1)
        column.addLayout(offered)
        found = self._look_for_sticks()
        last = Path(str(self.desk.settings.choices.get(FOLDER, "")) or Path.home())
        self._folder = last if last.is_dir() and last != Path.home() else found[0] if found else Path.home()
        return box

    def _look_for_sticks(self) -> list[Path]:
        """What can be written to with one click; looked for again when somebody has plugged one in."""
        found = sticks()
        for way, stick in zip_longest(self._ways, found[:_MOST_STICKS]):
            way.setText(f"U盘 {stick}")
            way.setProperty("folder", str(stick))
            way.setVisible(stick is not None)
        self.no_stick.setText("" if found else NO_STICK)
        return found

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        titles = ("包里有什么", "大小", "谁的个人信息离开办公室")
        for title, value in zip(titles, (self.counts, self.weight, self.whose), strict=True):
            column.addWidget(label(title, "section", wraps=False))
            column.addWidget(value)
        column.addWidget(label(HINT, "secondary"))
        return card


def _trips(office: Office) -> list[Trip]:
    """Those that can still be gone on, the latest first."""
    found: list[Trip] = office.find(Query(Trip, order=("-start",)))
    return [trip for trip in found if trip.state != "取消"]


def _contents(chosen: Mapping[type[Record], Iterable[int]], abroad: bool, office: Office) -> Contents:
    return what_goes(office, chosen, abroad=abroad)


def _promises(chosen: Chosen, office: Office) -> list[Promise]:
    return promises_taken(office, chosen)


def _pack_out(
    office: Office,
    target: Path,
    chosen: Mapping[type[Record], Iterable[int]],
    passphrase: str,
    departure: Departure,
    progress: Progress,
) -> PackedOut:
    return pack_out(office, target, chosen, passphrase, **asdict(departure), progress=progress)


def _why_not_remember(_office: Office) -> str:
    return credentials.why_not()
