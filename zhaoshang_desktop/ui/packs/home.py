"""带回出差包: what came, what contradicts, what is there already; then one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.homecoming import Homecoming, Merged, Tally, bring_home, held, look_into, tally
from zhaoshang_desktop.actions.homecoming_words import (
    Conflict,
    News,
    came,
    conflicts_of,
    fields_words,
    news_of,
    said,
)
from zhaoshang_desktop.actions.pack import is_remembered, unlocking
from zhaoshang_desktop.actions.record import is_undone, undo_batch
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.merge import Fate
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui.packs import kept
from zhaoshang_desktop.ui.packs.came import CameDialog
from zhaoshang_desktop.ui.packs.outcome import OutcomePane
from zhaoshang_desktop.ui.packs.sides import SidesTable
from zhaoshang_desktop.ui.packs.twins import TwinsTable, follows_firm
from zhaoshang_desktop.ui.packs.unlocking import UnlockPane
from zhaoshang_desktop.ui.packs.whole import WholeTexts
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import button, label, scrolled

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Undone
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

Compared = tuple[list[Conflict], Tally]
WITH_FIRM = "这个联系人的客商选了“另一条，新建”，联系人就跟着新建；要并到一起，先把客商改成“同一条”。"


class HomecomingPage(Page):
    """Laid over the present page; every conflict is chosen with ← and →, nothing is written before the button.

    `rest` are packs that came with it: when this page closes the next of them opens."""

    def __init__(self, desk: Desk, path: Path, rest: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.path, self.rest = path, rest
        self.home: Homecoming | None = None
        self.merged: Merged | None = None
        self.conflicts: list[Conflict] = []
        self.title = label("", "heading", wraps=False)
        self._call(path.name)
        self.go_on = button("并入办公室", "primary", self.merge)
        self.leaving = button("关闭", "", self._close)
        self.unlock = UnlockPane(self)
        self.unlock.given.connect(self.look)
        self.summary, self.fields = label("", "section"), label("", "secondary", wraps=False)
        self.who = label("", "secondary")
        self.held = label("", "weak")
        self.details = button("看每一处…", "link", self._ask_news)
        self.choosing = label("", "section")
        self.theirs = button("全部按包里的", "", self._all_theirs)
        self.ours = button("全部按办公室的", "", self._all_ours)
        self.sides = SidesTable(self)
        self.sides.chosen.connect(self._choose)
        self.sides.currentCellChanged.connect(self._show_whole)
        self.whole = WholeTexts(self)
        self.doubles = label("", "section")
        self.twins = TwinsTable(self)
        self.twins.toggled.connect(self._toggle)
        self.outcome = OutcomePane(self._undo)
        self._body = QStackedWidget(self)
        self._lay_out()
        self._show_button()

    def arrive(self) -> None:
        if self.home is None and self.merged is None:
            self.unlock.setFocus()

    def back(self) -> bool:
        self._close()
        return True

    def leave(self) -> bool:
        self._drop()
        return True

    def office_opened(self) -> None:
        self._drop()
        self.desk.ask((self, "remembered"), partial(_is_remembered, self.path), self._open_remembered)

    def status(self) -> str:
        left = self._left() if self.merged is None else 0
        return f"还有 {left} 处没有选定" if left else ""

    @property
    def is_finished(self) -> bool:
        """Whether it is merged, so that nothing is lost when the page closes."""
        return self.merged is not None

    def refresh(self, changes: Changes) -> None:
        """Others went on working: what is shown is compared anew when the button is pressed. What is merged may have
        been taken back, here by Ctrl+Z or elsewhere."""
        if self.merged is not None and self.merged.batch:
            self.desk.ask(
                (self, "undone"), partial(is_undone, batch=self.merged.batch), self.outcome.show_whether_undone
            )

    def office_resumed(self) -> None:
        self.refresh(Changes())

    def _open_remembered(self, known: bool) -> None:
        """A pack that this PC wrote and remembers opens without its passphrase."""
        if known and self.home is None:
            self.look("")

    def look(self, secret: str) -> None:
        """Open the pack and compare it."""
        self.unlock.wait("正在打开和核对……")
        self.desk.run(
            _look,
            self.path,
            secret,
            dict(self.desk.settings.choices),
            on_done=self._arrived,
            on_error=self._refused,
            words="读取出差包",
            steps=True,
        )

    def merge(self) -> None:
        """Do it."""
        done = self.merged is not None or (self._was_home and self.home is not None and not self.home.new_batches)
        if self.home is None or done:
            self._close()
            return
        self.go_on.setEnabled(False)
        self.desk.run(bring_home, self.home, on_done=self._merged, on_error=self._failed, words="正在并入", steps=True)

    @property
    def _was_home(self) -> bool:
        return self.home is not None and self.home.pack is not None and self.home.pack.state == "已回"

    def _left(self) -> int:
        """How many conflicts nobody has chosen yet."""
        choices = self.home.choices if self.home is not None else {}
        return sum(conflict.choice not in choices for conflict in self.conflicts)

    def _arrived(self, found: tuple[Homecoming, Compared]) -> None:
        self.home, compared = found
        self.unlock.wait("")
        self._show(compared)
        self._body.setCurrentIndex(1)
        (self.sides if self.conflicts else self.go_on).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: KnownError) -> None:
        self.unlock.complain(f"{error}")

    def _failed(self, error: KnownError) -> None:
        """Somebody changed the same meanwhile, or the disk is full: nothing is merged, and it is compared anew."""
        self.desk.complained.emit(error)
        self._ask_conflicts()

    def _show(self, compared: Compared) -> None:
        home = self.home
        if home is None:
            return
        conflicts, counts = compared
        self.conflicts = conflicts
        self._call(home.pack.name if home.pack else home.cargo.name)
        self.summary.setText(came(counts))
        self.fields.setText(fields_words(counts))
        self.details.setVisible(bool(counts.fields.get(Fate.TAKEN) or counts.fields.get(Fate.JOINED)))
        unknown = "" if home.pack else "登记里没有这个包（可能恢复过旧备份），按它自己的底稿比较。"
        people = f"修改人：{'、'.join(home.people)}" if home.people else ""
        again = "这个包带回过，那以后没有再改。" if self._was_home and not home.new_batches else ""
        self.who.setText(" ".join(filter(None, (people, unknown, again))))
        self.held.setText(held(home))
        self.held.setVisible(bool(home.held))
        self.sides.show_conflicts(conflicts, home.choices)
        for widget in (self.choosing, self.theirs, self.ours, self.sides):
            widget.setVisible(bool(conflicts))
        self.whole.fit(conflicts)
        self._show_whole(self.sides.currentRow())
        self.doubles.setText(f"重复 {len(home.twins)} 条　新建的记录办公室里好像已经有了")
        self.twins.show_twins(home.twins, home.agreed)
        for twins in (self.doubles, self.twins):
            twins.setVisible(bool(home.twins))
        self._show_button()

    def _show_button(self) -> None:
        home = self.home
        left = self._left()
        self.go_on.setVisible(home is not None)
        if home is not None and self.merged is None:
            empty = "完成" if self._was_home else "登记为已回"
            self.go_on.setText("并入办公室" if home.new_batches else empty)
            self.go_on.setEnabled(not left)
            hint = "合并前自动备份，并入后可以整批撤销" if home.new_batches else ""
            self.go_on.setToolTip(f"还有 {left} 处冲突没有选定" if left else hint)
            self.choosing.setText(
                f"冲突 {len(self.conflicts)} 处，还有 {left} 处没有选定：点一边，或按 ← →"
                if left
                else f"冲突 {len(self.conflicts)} 处，都选定了"
            )
        self.status_changed.emit(self.status())

    def _choose(self, row: int, side: str) -> None:
        if self.home is None:
            return
        self.home.choices[self.conflicts[row].choice] = side
        self._keep()

    def _all_theirs(self) -> None:
        self._choose_all("pack")

    def _all_ours(self) -> None:
        self._choose_all("office")

    def _choose_all(self, side: str) -> None:
        if self.home is not None:
            self.home.choices |= {conflict.choice: side for conflict in self.conflicts}
            self._keep()

    def _keep(self) -> None:
        """Choices outlive the page: they are there again when the same pack is opened."""
        assert self.home is not None
        kept.keep(self.desk.settings.choices, self.home)
        self.sides.show_choices(self.home.choices)
        self._show_button()

    def _toggle(self, row: int) -> None:
        """The same record or a new one; what contradicts changes with it, and a firm's contacts follow the firm."""
        if self.home is None:
            return
        twin = self.home.twins[row]
        if follows_firm(twin, self.home.agreed):
            self.desk.say(WITH_FIRM)
            return
        self.home.same ^= {twin.new}
        kept.keep(self.desk.settings.choices, self.home)
        self._ask_conflicts()

    def _show_whole(self, row: int, *_: int) -> None:
        if 0 <= row < len(self.conflicts):
            self.whole.show_conflict(self.conflicts[row])

    def _ask_conflicts(self) -> None:
        if self.home is not None:
            self.desk.ask((self, "conflicts"), partial(_compare_again, self.home), self._show)

    def _ask_news(self) -> None:
        if self.home is not None:
            self.desk.ask((self, "news"), partial(_news, self.home), self._show_news)

    def _show_news(self, news: list[News]) -> None:
        CameDialog(news, self).open()

    def _merged(self, merged: Merged) -> None:
        self.merged = merged
        if self.home is not None:
            kept.forget(self.desk.settings.choices, self.home)
        lines = [f"{self.summary.text()}。", *said(merged)] if merged.records else ["包里没有新的内容，登记为已回。"]
        told = "\n".join(filter(None, (*lines, self.held.text())))
        self.outcome.show_merged(told, can_undo=bool(merged.batch))
        self.leaving.hide()
        self.go_on.setText("打开下一个" if self.rest else "完成")
        self.go_on.setToolTip("")
        self.go_on.setEnabled(True)
        self._body.setCurrentIndex(2)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_changed.emit(self.status())

    def _undo(self) -> None:
        if self.merged is not None:
            self.desk.run(undo_batch, self.merged.batch, on_done=self._undone, words="正在撤销")

    def _undone(self, done: Undone) -> None:
        left = f"有 {len(done.skipped)} 处后来又改过，没有动。" if done.skipped else ""
        self.desk.say(f"已撤销：{done.label}。{left}")
        self._close()

    def _close(self) -> None:
        self._drop()
        self.closed.emit()
        if self.rest:
            self.desk.pushed.emit(HomecomingPage(self.desk, self.rest[0], self.rest[1:]))

    def _call(self, name: str) -> None:
        """What is brought home, and how many wait behind it."""
        more = f"　（后面还有 {len(self.rest)} 个）" if self.rest else ""
        self.title.setText(f"带回出差包　{name}{more}")

    def _drop(self) -> None:
        if self.home is not None:
            self.home.close()
        self.home, self.conflicts = None, []
        if self.merged is None:
            self._body.setCurrentIndex(0)
        self._show_button()

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setObjectName("toolbar")
        head.setFixedHeight(44)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.leaving)
        row.addWidget(self.go_on)
        for pane in (_centred(self.unlock), scrolled(self._comparison()), self.outcome):
            self._body.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._body, 1)

    def _comparison(self) -> QWidget:
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(6)
        numbers = QHBoxLayout()
        numbers.addWidget(self.fields)
        numbers.addWidget(self.details)
        numbers.addStretch(1)
        column.addWidget(self.summary)
        column.addLayout(numbers)
        column.addWidget(self.who)
        column.addWidget(self.held)
        all_sides = QHBoxLayout()
        all_sides.addWidget(self.choosing, 1)
        all_sides.addWidget(self.theirs)
        all_sides.addWidget(self.ours)
        column.addSpacing(8)
        column.addLayout(all_sides)
        column.addWidget(self.sides, 3)
        column.addWidget(self.whole, 1)
        column.addWidget(self.doubles)
        column.addWidget(self.twins, 3)
        column.addStretch(0)
        return pane


def choose_file(parent: QWidget) -> Path | None:
    """Ask for the file that came home."""
    name, _ = QFileDialog.getOpenFileName(parent, "带回出差包", str(Path.home()), "出差包 (*.pack);;所有文件 (*)")
    return Path(name) if name else None


def _look(
    office: Office, path: Path, secret: str, settings: Mapping[str, Any], progress: Progress
) -> tuple[Homecoming, Compared]:
    home = look_into(office, path, unlocking(secret), progress=progress)
    kept.take_up(settings, home)
    return home, (conflicts_of(office, home), tally(home.items()))


def _is_remembered(path: Path, _office: Office) -> bool:
    return is_remembered(path)


def _compare_again(home: Homecoming, office: Office) -> Compared:
    home.look_again(office)
    return conflicts_of(office, home), tally(home.items())


def _centred(widget: QWidget) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(24, 24, 24, 24)
    column.addWidget(widget)
    column.addStretch(1)
    return pane


def _news(home: Homecoming, office: Office) -> list[News]:
    return news_of(office, home)
