"""备份与恢复: which backups there are, what one of them holds, what going back to it would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.looking import losses, open_to_look
from zhaoshang_desktop.domain.backup import is_ahead
from zhaoshang_desktop.domain.errors import KnownError, Locked
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.libraries import LIBRARY_TITLES, RECORD_TITLES
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.runtime.paths import looked_folder
from zhaoshang_desktop.runtime.settings import SECOND
from zhaoshang_desktop.store.engine import is_server
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.office.unlocking import UnlockForm
from zhaoshang_desktop.ui.office.while_closed import WhileClosed
from zhaoshang_desktop.ui.pieces import button, label, scrolled
from zhaoshang_desktop.ui.row_table import fill_lines, line_table

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.backup import Kept, Look
    from zhaoshang_desktop.actions.looking import Losses, LostRecord
    from zhaoshang_desktop.store.backup import Backup
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.restoring import Restorable
    from zhaoshang_desktop.ui.desk import Desk

SHOWN_LOST = 300
_AS_WIDE = QHeaderView.ResizeMode.ResizeToContents
LOST_PX = 140
RULE = (
    "每天第一次使用时，以及导入、合并、批量修改、升级、恢复之前自动备份，备好就打开检查。"
    "当天的全留，两周内每天一份，两个月内每周一份，两年内每月一份。"
)
NONE_YET = "还没有备份。办公室里有了内容，第二天第一次打开时就会自动备份；现在就要一份，请按“立即备份”。"
ON_SERVER = (
    "这个办公室在服务器上，由服务器自己的办法备份（pg_dump 或连续归档），请管理员按“帮助 › 办公室服务器”安排好。"
    "要一份文件，用“文件 › 把办公室搬回文件”。"
)


class BackupsPart(Part):
    """The list at the left, the chosen backup at the right."""

    TITLE = "备份与恢复"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._known: list[Backup] = []
        self._before: Path | None = None
        self.hint = label(RULE, "secondary")
        self.second_name, self.second = (label(words, "secondary", wraps=False) for words in ("第二处：", ""))
        self.choose = button("选择…", "link", self._choose_second)
        self.drop = button("不用第二处", "link", self._drop_second)
        self.now = button("立即备份", "", self._make)
        self.list = line_table("备份", ("时间", "为什么", "大小", "在哪里"), (124, 86, 72), self)
        self.list.horizontalHeader().setStretchLastSection(False)
        for column, mode in ((0, _AS_WIDE), (2, _AS_WIDE), (3, QHeaderView.ResizeMode.Stretch)):
            self.list.horizontalHeader().setSectionResizeMode(column, mode)
        self.list.itemSelectionChanged.connect(self._look)
        self.title, self.holds, self.cost = label("", "section"), label("", "value"), label("", "value")
        self.lost = label("", "secondary")
        self.records = line_table("会丢掉的记录", ("记录", "怎么了", "谁", "最后一次"), (104, 78, 46, 84), self)
        self.records.setAccessibleName("恢复会丢掉的记录")
        self.records.horizontalHeader().setStretchLastSection(False)
        self.records.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.secret = UnlockForm()
        self.secret.given.connect(self._unlock)
        for line in (self.secret.secret, self.secret.recovery):
            line.returnPressed.connect(self.secret.give)
        self.unlock = button("打开这份备份", "primary", self.secret.give)
        self.open = button("打开看看（只读）", "", self._open)
        self.restore = button("恢复到这一份", "primary", self._restore)
        self.take_back = button("撤回刚才的恢复", "", self._take_back)
        self._lay_out()
        self._empty("")

    def load(self) -> None:
        server = is_server(self.desk.office.where)
        for widget in (self.list, self.second_name, self.second, self.choose, self.drop, self.now, self._right):
            widget.setVisible(not server)
        self.hint.setText(ON_SERVER if server else RULE)
        allowed = self.desk.office.may(Right.SETTINGS)
        self.restore.setEnabled(allowed)
        self.take_back.setEnabled(allowed)
        self.take_back.setVisible(self._before is not None and not server)
        if not server:
            self._show_second()
            second = second_of(self.desk)
            self.desk.ask((self, "list"), partial(_backups_of, second), self._show)

    def status(self) -> str:
        return f"备份 {len(self._known)} 份" if self._known else ""

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("备份与恢复", "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.take_back)
        head.addWidget(self.now)
        place = QHBoxLayout()
        place.addWidget(self.second_name)
        place.addWidget(self.second)
        place.addWidget(self.choose)
        place.addWidget(self.drop)
        place.addStretch(1)
        self._right = self._detail()
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self._right)
        parts.setSizes([500, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addLayout(place)
        column.addWidget(parts, 1)
        column.addStretch(0)

    def _detail(self) -> QFrame:
        """What the chosen backup holds and what it would cost, which scrolls; its buttons stay."""
        card = QFrame(self)
        card.setObjectName("card")
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(8)
        for widget in (self.title, self.holds, self.secret, self.cost, self.lost):
            column.addWidget(widget)
        self.records.setMinimumHeight(LOST_PX)
        column.addWidget(self.records, 1)
        column.addStretch(0)
        detail = QVBoxLayout(card)
        detail.setContentsMargins(1, 1, 1, 12)
        detail.setSpacing(8)
        detail.addWidget(scrolled(told), 1)
        orders = QHBoxLayout()
        orders.setContentsMargins(16, 0, 16, 0)
        orders.addWidget(self.unlock)
        orders.addWidget(self.restore)
        orders.addWidget(self.open)
        orders.addStretch(1)
        detail.addLayout(orders)
        return card

    def _show(self, known: list[Backup]) -> None:
        self._known = known
        self.list.blockSignals(True)
        now = self.desk.office.clock.now()
        fill_lines(self.list, _rows(known, now))
        self.list.selectRow(0)
        self.list.blockSignals(False)
        if known:
            self._look()
        else:
            self._empty(NONE_YET)
        self.told.emit()

    def _empty(self, words: str) -> None:
        self.title.setText("")
        self.holds.setText(words)
        self.cost.setText("")
        self.lost.setText("")
        self.secret.clear()
        for widget in (self.restore, self.open, self.records, self.secret, self.unlock):
            widget.hide()

    def _chosen(self) -> Backup | None:
        row = self.list.currentRow()
        return self._known[row] if 0 <= row < len(self._known) else None

    def _look(self) -> None:
        one = self._chosen()
        if one is None:
            return
        self._empty("正在打开看……")
        self.desk.ask((self, "look"), partial(_look_at, one.path), self._show_look, later=True)

    def _show_look(self, answer: tuple[Look, Losses] | KnownError) -> None:
        one = self._chosen()
        if one is None:
            return
        self.title.setText(f"{_times(self._known)[self.list.currentRow()]}　{one.name.why}")
        if not isinstance(answer, tuple):
            self.holds.setText(f"{answer}")
            for widget in (self.secret, self.unlock):
                widget.setVisible(isinstance(answer, Locked))
            return
        found, losses = answer
        held = found.holds
        counts = "　".join(f"{LIBRARY_TITLES[name]} {count:,}" for name, count in held.counts.items())
        last = f"\n最后一次修改：{to_local(held.latest.at):%m-%d %H:%M} {held.latest.label}" if held.latest else ""
        self.holds.setText(f"{counts}{last}")
        if found.lost:
            self.cost.setText(f"恢复到这一份，会丢掉之后的 {len(found.lost):,} 批修改：")
            self.lost.setText(losses.words())
            fill_lines(self.records, [_lost_row(record) for record in losses.records])
            self.records.setVisible(bool(losses.records))
            if losses.count > len(losses.records):
                self.lost.setText(f"{self.lost.text()}\n下面是最后的 {SHOWN_LOST} 条：")
        else:
            self.cost.setText("之后没有修改，恢复不会丢掉什么。")
        if found.other_users:
            self.cost.setText(f"{actions.USERS_STAY}\n{self.cost.text()}")
        self.restore.setText(f"恢复到这一份（丢掉 {len(found.lost):,} 批修改）" if found.lost else "恢复到这一份")
        allowed = self.desk.office.may(Right.SETTINGS)
        self.restore.setToolTip("恢复之前先备份现在的样子，恢复之后可以撤回。" if allowed else "由管理员登录后恢复。")
        self.restore.show()
        self.open.show()

    def _unlock(self, secret: str) -> None:
        one = self._chosen()
        if one is not None:
            self.desk.run(
                actions.unlock, one.path, secret, on_done=self._unlocked, on_error=self._refused, words="正在打开备份"
            )

    def _unlocked(self, _done: object) -> None:
        self._look()

    def _refused(self, error: KnownError) -> None:
        self.secret.refuse(f"{error}")

    def _open(self) -> None:
        one = self._chosen()
        if one is not None:
            self.open.setEnabled(False)
            self.desk.run(
                open_to_look,
                one.path,
                looked_folder(),
                on_done=self._opened,
                on_error=self._not_opened,
                words="正在打开备份",
                steps=True,
            )

    def _opened(self, office: Office) -> None:
        self.open.setEnabled(True)
        self.desk.look_wanted.emit(office)

    def _not_opened(self, error: KnownError) -> None:
        self.open.setEnabled(True)
        self.desk.complained.emit(error)

    def _make(self) -> None:
        self.desk.run(actions.back_up_for_script, on_done=self._made, words="正在备份")

    def _made(self, done: tuple[Path, bool]) -> None:
        path, is_new = done
        self.desk.say(f"已备份：{path.name}。" if is_new else "最新的备份之后没有改动，不用再备份。")
        self.desk.run(
            actions.second_place, second_of(self.desk), on_done=self._doubled, words="正在存第二份", steps=True
        )

    def _doubled(self, kept: Kept) -> None:
        if kept.missing:
            self.desk.say(kept.missing)
        self.load()

    def _restore(self) -> None:
        one = self._chosen()
        if one is not None:
            self._go_back_to(one.path)

    def _take_back(self) -> None:
        if self._before is not None:
            self._go_back_to(self._before)

    def _go_back_to(self, path: Path) -> None:
        """What is typed on other pages belongs to the present state, which is backed up first."""
        self.restore.setEnabled(False)
        self.desk.called.emit("office.keep")
        self.desk.run(
            actions.ready_to_restore, path, on_done=self._ready, on_error=self._unfit, words="正在备份", steps=True
        )

    def _unfit(self, error: KnownError) -> None:
        self.restore.setEnabled(True)
        self.desk.complained.emit(error)

    def _ready(self, ready: Restorable) -> None:
        self.restore.setEnabled(True)
        self._before = ready.before
        name = ready.backup.name
        said = f"已恢复到“{name}”。之前的样子也备份了，可以撤回。"
        self.desk.while_closed.emit(
            WhileClosed("正在恢复", partial(actions.restore, ready), report=partial(_told, said))
        )

    def _show_second(self) -> None:
        place = second_of(self.desk)
        self.second.setText(
            str(place) if place else "没有。电脑坏了或丢了，只有第二处的备份救得回来；U盘、共享文件夹都行。"
        )
        self.drop.setVisible(place is not None)

    def _choose_second(self) -> None:
        place = QFileDialog.getExistingDirectory(self, "第二处备份放在哪里", str(second_of(self.desk) or Path.home()))
        if place:
            self.put_second(Path(place))

    def put_second(self, place: Path) -> None:
        """Backups go there too from now on, the newest at once."""
        self.desk.settings.choices[SECOND] = str(place)
        self._show_second()
        self.desk.run(actions.second_place, place, on_done=self._doubled, words="正在存第二份", steps=True)

    def _drop_second(self) -> None:
        self.desk.settings.choices.pop(SECOND, None)
        self.load()


def _told(said: str, others: bool) -> str:
    """What is said after a restore; `others` when the backup had other users."""
    return f"{said}{actions.USERS_STAY}" if others else said


def second_of(desk: Desk) -> Path | None:
    """The second place chosen at this PC, there or not."""
    place = str(desk.settings.choices.get(SECOND, ""))
    return Path(place) if place else None


def _backups_of(second: Path | None, office: Office) -> list[Backup]:
    whose = actions.whose(office)
    return actions.backups(Path(office.where), second, now=office.clock.now(), owner=whose, key=office.key)


def _look_at(path: Path, office: Office) -> tuple[Look, Losses] | KnownError:
    """A damaged backup is an answer too, and so is one that wants a passphrase."""
    try:
        found = actions.look(office, path)
        return found, losses(office, found.lost, SHOWN_LOST)
    except KnownError as error:
        return error


def _rows(known: Sequence[Backup], now: datetime) -> list[tuple[str, str, str, str]]:
    at = _times(known)
    return [_row(one, at[number], ahead=is_ahead(one.name.at, now)) for number, one in enumerate(known)]


def _times(known: Sequence[Backup]) -> list[str]:
    """With the seconds of those that were made in the same minute."""
    whole = [f"{to_local(one.name.at):%Y-%m-%d %H:%M:%S}" for one in known]
    minutes = Counter(one[:-3] for one in whole)
    return [one if minutes[one[:-3]] > 1 else one[:-3] for one in whole]


def _row(one: Backup, at: str, *, ahead: bool) -> tuple[str, str, str, str]:
    """`ahead` says that the clock was wrong when it was made."""
    place = "第二处" if one.second else "本机和第二处" if one.twice else "本机"
    fast = "　当时电脑时间快了" if ahead else ""
    doubt = "" if one.is_own else f"　{actions.DOUBT}"
    return at, one.name.why, size_text(one.size), f"{place}{fast}{doubt}"


def _lost_row(one: LostRecord) -> tuple[str, ...]:
    return one.title, f"{one.done}{RECORD_TITLES[one.noun]}", one.who, f"{to_local(one.at):%m-%d %H:%M}"
