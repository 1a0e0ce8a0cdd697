"""带出出差包: which trips, where to, with whom, under which passphrase, to which stick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
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

from zhaoshang_desktop.actions.pack import Contents, PackedOut, pack_out, promises_taken, what_goes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.runtime import credentials
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.asking import confirm
from zhaoshang_desktop.ui.office.secret_fields import NewSecret
from zhaoshang_desktop.ui.packs.place import PackPlace
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
    from zhaoshang_desktop.ui.job import Job

NO_TRIP = "还没有外出。先在“外出”里新建一次，或在库里选中几条再带出。"
ABROAD = "境外（含港澳台）：联系人、电话和附件不带，人员只带随行的"
HINT = "出差包是加密的，在笔记本上用本程序打开就是一个办公室，不用联网，也不用安装；U盘上直接打开也可以。"
FOLDER, HOLDER, PAPERS = "pack.folder", "pack.holder", "pack.papers"
READING, AWAY = "正在读取外出……", "服务器连不上，连上后列出外出。"
UNKEPT = "恢复密钥还没有抄下来或打印。离开以后它不会再出现；忘了密码，这个包就打不开了。"
_TRIP_PX, _MOST_TRIPS = 26, 5


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
        self._job: Job | None = None
        self._writing = False
        self.done: PackedOut | None = None
        self.trips, self.none = QListWidget(self), label(READING, "value")
        self.new_trip = button("新建外出…", "primary", self._make_trip)
        self.new_trip.hide()
        self.papers = QCheckBox("连同现在排好的资料（PDF），笔记本上不用打印机也能看", self)
        self.papers.setChecked(bool(desk.settings.choices.get(PAPERS, True)))
        self.remember = QCheckBox("在这台电脑上记住：带回时不用再输密码", self)
        self.why_not = label("", "secondary")
        self.inland, self.abroad = QRadioButton("境内", self), QRadioButton(ABROAD, self)
        self.holder = QLineEdit(self)
        self.place = PackPlace(str(desk.settings.choices.get(FOLDER, "")), desk.today)
        self.secret = NewSecret()
        self.counts, self.weight, self.whose = label("", "value"), label("", "value"), label("", "value")
        self.problem = label("", "wrong")
        self.leaving = button("关闭", "", self.back)
        self.write = button("写出出差包", "primary", self._write)
        self.written: WrittenPane | None = None
        self._body = QStackedWidget(self)
        self._lay_out()
        self.inland.setChecked(True)
        self.trips.itemChanged.connect(self._count)
        self.abroad.toggled.connect(self._count)
        self.holder.setText(str(desk.settings.choices.get(HOLDER, "")))
        for line in (self.place.line, self.secret.first, self.secret.second):
            line.textChanged.connect(self.problem.clear)
        self.secret.first.returnPressed.connect(self.secret.second.setFocus)
        self.secret.second.returnPressed.connect(self.write.click)
        place = (self.place.line, self.place.choose, *self.place.ways, self.place.again)
        in_order(self.trips, self.new_trip, self.papers, self.inland, self.abroad, self.holder, *place)
        in_order(self.place.again, self.secret.first, self.secret.second, self.remember, self.leaving, self.write)

    def arrive(self) -> None:
        if self.written is None:
            (self.new_trip if self.new_trip.isVisible() else self.trips).setFocus()

    def back(self) -> bool:
        """While it is written Esc stops that; the recovery key is not lost by one key."""
        if self._writing and self._job is not None:
            self._job.stop()
        elif self.written is None or self.written.kept.isChecked() or confirm(self, UNKEPT, "离开"):
            self.leave()
            self.closed.emit()
        return True

    def leave(self) -> bool:
        self.desk.settings.choices[HOLDER] = self.holder.text().strip()
        if self.written is not None:
            self.written.key.stop()
        return True

    def office_resumed(self) -> None:
        if self.written is None and not self._writing:
            self.office_opened()

    def office_opened(self) -> None:
        self.none.setText(AWAY if self.desk.is_away else READING)
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
        some = bool(self.trips.count())
        shown: dict[QWidget, bool] = {self.trips: some, self.papers: some, self._about: some}
        for part, visible in (shown | {self.none: not some, self.new_trip: not some}).items():
            part.setVisible(visible)
        for row in range(1, self._rows.rowCount()):
            self._rows.setRowVisible(row, some)
        self.none.setText(NO_TRIP)
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
        self._may_write(any(chosen.values()))
        self.papers.setEnabled(bool(chosen.get(Trip)) and not self.abroad.isChecked())
        self.place.call(self._name())

    def _may_write(self, able: bool) -> None:
        self.write.setEnabled(able)
        self.write.setToolTip("" if able else "请先选要带什么。")

    def _make_trip(self) -> None:
        self.back()
        self.desk.called.emit("trip.new")

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
            target, passphrase = self.place.target(), self.secret.taken()
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
        self._writing = True
        self._job = self.desk.run(
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

    def _failed(self, error: KnownError) -> None:
        self._writing = False
        self.problem.setText(f"{error}")
        self.write.setEnabled(True)

    def _written(self, done: PackedOut) -> None:
        self._writing, self.done = False, done
        self.written = WrittenPane(done)
        self._body.setCurrentIndex(self._body.addWidget(scrolled(self.written)))
        self.write.hide()
        self.leaving.setText("完成")
        theme.restyle(self.leaving, "kind", "primary")
        self.written.kept.setFocus()
        self.status_changed.emit("")

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
        form = self._rows = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.trips.setAccessibleName("带什么")
        what = QVBoxLayout()
        what.setSpacing(8)
        what.addWidget(self.none)
        what.addWidget(self.new_trip, 0, Qt.AlignmentFlag.AlignLeft)
        what.addWidget(self.trips)
        what.addWidget(self.papers)
        form.addRow("1　带什么", what)
        where = QVBoxLayout()
        where.addWidget(self.inland)
        where.addWidget(self.abroad)
        form.addRow("2　去哪里", where)
        self.holder.setPlaceholderText("带走的人，如：王强")
        form.addRow("3　谁带走", self.holder)
        form.addRow("4　写到", self.place)
        locked = QWidget()
        column = QVBoxLayout(locked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.secret, self.remember, self.why_not):
            column.addWidget(part)
        form.addRow("5　加密", locked)
        row = QHBoxLayout(pane)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(24)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        row.addLayout(left, 3)
        self._about = self._card()
        self._about.hide()
        row.addWidget(self._about, 2, Qt.AlignmentFlag.AlignTop)
        return pane

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
