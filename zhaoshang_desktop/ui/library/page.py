"""A library: views at the left, the table in the middle, the record at the right, or one record as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedLayout, QWidget

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.commands import NEEDS
from zhaoshang_desktop.ui.library import questions
from zhaoshang_desktop.ui.library.columns import IMPORTED, linked_nouns
from zhaoshang_desktop.ui.library.detail import DetailPane
from zhaoshang_desktop.ui.library.list_commands import ListCommands
from zhaoshang_desktop.ui.library.list_pane import ListPane
from zhaoshang_desktop.ui.library.saved import drop_view, keep_view, saved_views
from zhaoshang_desktop.ui.library.values import short_money
from zhaoshang_desktop.ui.library.views import BIN, View, bin_view, counts, views_of
from zhaoshang_desktop.ui.library.views_pane import ViewsPane
from zhaoshang_desktop.ui.page import Page

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.money import Money
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.library.record_page import RecordPage

SUMS: dict[str, tuple[str, ...]] = {"investor": ("registered_capital",), "project": ("total",)}
SUMMED = 5000
NARROW = 1150
SIZES = (168, 826, 372)


class LibraryPage(Page):
    """One library of records of one type."""

    def __init__(self, desk: Desk, record: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.record: type[Record] = pages.named(record)
        self._noun = self.record.NOUN
        self._word = word
        self.views = ViewsPane(self)
        self.list = ListPane(desk, self.record, word, self)
        self.commands = ListCommands(desk, self.record, word, self.list)
        self.detail = DetailPane(desk, self.record, self)
        self._wanted = 0
        self._sums: dict[str, Money] = {}
        self._form: RecordPage | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        for pane in (self.views, self.list, self.detail):
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setCollapsible(1, False)
        self._splitter.setSizes(self._kept_sizes())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._splitter)
        self._summing = QTimer(self)
        self._summing.setSingleShot(True)
        self._summing.timeout.connect(self.sum_now)
        self._folded_by_room = False
        self._connect()

    @property
    def form(self) -> RecordPage:
        """The record as a page; made when first needed."""
        if self._form is None:
            from zhaoshang_desktop.ui.waiting import waiting  # after the first picture

            with waiting(self, "正在打开…"):
                from zhaoshang_desktop.ui.library.record_page import RecordPage

                self._form = RecordPage(self.desk, self.record, self)
            self._form.closed.connect(self._show_list)
            self._form.stepped.connect(self._step)
            self._form.saved.connect(self._made)
            self._form.arrived.connect(self._show_form)
            self._stack.addWidget(self._form)
        return self._form

    @property
    def in_form(self) -> bool:
        """Whether a record fills the page."""
        return self._form is not None and self._stack.currentWidget() is self._form

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        if self.in_form:
            return {
                "record.save": self.form.save,
                "record.previous": self.form.step_back,
                "record.next": self.form.step_on,
                "record.new": self.new,
            }
        handlers: dict[str, Callable[[], object]] = {
            "record.new": self.new,
            "record.open": self._open_current,
            "library.bin": self._show_bin,
            "library.all": self._show_all,
            "library.clear": self.list.clear_conditions,
            "library.keep": self._keep,
            "library.columns": self.list.choose_columns,
            "fold.views": self._fold_views,
            "fold.detail": self._fold_detail,
            "reload": self._reload,
        }
        if self._noun in IMPORTED:
            handlers["library.import"] = self._import
        return {**handlers, **self.commands.handlers()}

    def keep_edits(self) -> None:
        if self.in_form and self.form.key:
            self.form.save()

    def adopt(self, actions: Mapping[str, QAction]) -> None:
        self.list.adopt(actions)

    def office_opened(self) -> None:
        self._stack.setCurrentWidget(self._splitter)
        if self._form is not None:
            self._form.forget()
        self._fill_views()
        self._show_all()

    def office_resumed(self) -> None:
        self._reload()

    def refresh(self, changes: Changes) -> None:
        if not changes or not self.desk.is_open:
            return
        linked = {getattr(field.kind, "noun", "") for field in linked_nouns(self.list.model.columns, self.record)}
        if changes.touches(self._noun) or changes.touches(*linked):
            self.list.model.reload(changes.of(self._noun))
            self._count()
        self.detail.reload()
        if self._form is not None:
            self._form.refresh(changes)

    def settings_changed(self) -> None:
        self.list.table.set_density(str(self.desk.settings.choices.get("density", "normal")))
        if self.desk.is_open:
            self._fill_views()
            self.views.mark(self.list.view.key)

    def status(self) -> str:
        if not self.desk.is_open:
            return ""
        model, table = self.list.model, self.list.table
        count = model.rowCount()
        all_ = f"{count:,} 条以上，列出前 {count:,} 条" if count == self.desk.office.most else f"共 {count:,} 条"
        parts = [all_ if model.complete else "正在数…"]
        chosen = len(model.ticks) or (table.selected_count() if table.selected_count() > 1 else 0)
        if chosen:
            parts.append(f"{'已勾选' if model.ticks else '选中'} {chosen:,} 条")
        for name, total in self._sums.items():
            parts.append(f"{field_of(self.record, name).label}合计 {short_money(total)}元")
        return "　".join(parts)

    def to_pack(self) -> dict[str, Any]:
        """The chosen records, or all that a view other than the first shows."""
        keys, view = self.list.chosen_keys(), self.list.view
        if len(keys) < 2 and view.key != self.all_views[0].key:
            keys = self.list.model.all_keys()
        return {"chosen": (self.record, tuple(keys))} if len(keys) > 1 else {}

    def leave(self) -> bool:
        self.desk.settings.choices[f"panes.{self._noun}"] = self._splitter.sizes()
        return not self.in_form or self.form.leave()

    def back(self) -> bool:
        if self.in_form:
            self.form.go_back()
            return True
        if self.list.model.ticks:
            self.list.model.tick(self.list.model.ticks, False)
            return True
        if self.list.search.text() or self.list.filters.where:
            self.list.clear_conditions()
            return True
        return False

    def show_record(self, key: int) -> None:
        """Put the cursor on that record; if the present question does not hold it, on all records."""
        self._show_list()
        if not self.list.table.go_to(key):
            self._wanted = key
            if self.list.view.key != "all" or self.list.search.text() or self.list.filters.where:
                self._show_all()
        self.detail.show_key(key)

    def show_view(self, key: str) -> None:
        self._show_list()
        for view in self.all_views:
            if view.key == key:
                self.views.mark(key)
                self._choose(view)

    def open_record(self, key: int) -> None:
        """That record as a page, as soon as it is here: an empty one would look like a new one."""
        if self.desk.is_away:
            self.desk.say("服务器连不上，这条记录要连上以后才能打开。")
        else:
            self.form.show_key(key)

    def _show_form(self) -> None:
        self._stack.setCurrentWidget(self.form)
        self.status_changed.emit(self.status())

    def new(self) -> None:
        """An empty form."""
        if not self.in_form or self.form.leave():
            self._stack.setCurrentWidget(self.form)
            self.form.show_new()
            self.status_changed.emit(self.status())

    def minimumSizeHint(self) -> QSize:
        """The right pane gives way before the window has to be wider than a small screen."""
        return QSize(640, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right pane folds first when there is little room, and comes back when there is more."""
        super().resizeEvent(event)
        if self.width() < NARROW and self.detail.isVisibleTo(self):
            self._folded_by_room = True
            self.detail.hide()
        elif self.width() >= NARROW and self._folded_by_room:
            self._folded_by_room = False
            self.detail.show()

    def _connect(self) -> None:
        self.views.chosen.connect(self._choose)
        self.views.keep_asked.connect(self._keep)
        self.views.dropped.connect(self._drop)
        self.list.called.connect(self.desk.called)
        self.list.asked.connect(self._tell)
        self.list.table.moved.connect(self._moved)
        self.list.table.opened.connect(self._open_current)
        self.list.table.menu_asked.connect(self._menu)
        self.list.model.loaded.connect(self._loaded)
        self.list.model.completed.connect(self._completed)
        self.list.model.ticked.connect(self._moved)
        self.list.model.edited.connect(self.commands.edit)
        self.detail.opened.connect(self.open_record)

    def _fill_views(self) -> None:
        usual = views_of(self._noun, self._word, self.desk.today(), self.desk.me)
        kept = saved_views(self.desk, self._noun)
        self.all_views = (*usual, *kept)
        self.views.fill(self.all_views, (bin_view(),))
        self._count()

    def _count(self) -> None:
        question = counts(self.record, (*self.all_views, bin_view()))
        self.desk.ask((self, "counts"), question, self._counted, later=True)

    def _counted(self, answer: tuple[str, int]) -> None:
        self.views.set_count(*answer, self.desk.office.most)

    def _choose(self, view: View) -> None:
        if view.key == "mine" and not view.where[0].value:
            self.desk.say("还不知道你是谁：在“设置”里选一下自己的名字，就能看到自己的。")
            self.desk.called.emit("settings")
            return
        self.list.show_view(view)

    def _show_all(self) -> None:
        self.views.mark("all")
        self.list.show_view(views_of(self._noun, self._word, self.desk.today(), 0)[0])

    def _show_bin(self) -> None:
        self.views.mark(BIN)
        self.list.show_view(bin_view())

    def _keep(self) -> None:
        from PySide6.QtWidgets import QInputDialog  # after the first picture

        title, good = QInputDialog.getText(self, "保存当前筛选", "名称")
        if good and title.strip():
            self.keep(title.strip())

    def keep(self, title: str) -> None:
        """Keep what is on screen as a view of that name."""
        keep_view(self.desk, self._noun, self.list.as_view(title))
        self._fill_views()

    def _drop(self, view: View) -> None:
        drop_view(self.desk, self._noun, view.title)
        self._fill_views()

    def _loaded(self) -> None:
        self._go_wanted()
        if not self.list.table.currentIndex().isValid() and self.list.model.rowCount():
            self.list.table.setCurrentIndex(self.list.model.index(0, 1))
        self._moved()

    def _completed(self) -> None:
        self._go_wanted()
        self._tell()

    def _go_wanted(self) -> None:
        if self._wanted and self.list.table.go_to(self._wanted):
            self._wanted = 0

    def _moved(self) -> None:
        self.detail.show_key(self._wanted or self.list.table.current_key)
        self._summing.start()
        self._tell()

    def sum_now(self) -> None:
        """Add up the chosen records for the status bar; done shortly after the selection has come to rest."""
        keys = self.list.chosen_keys()
        names = SUMS.get(self._noun, ())
        if 1 < len(keys) <= SUMMED and names and self.desk.is_open:
            self.desk.ask((self, "sums"), questions.sums(self.record, keys, names), self._summed, later=True)
        elif self._sums:
            self._summed({})

    def _summed(self, sums: dict[str, Money]) -> None:
        self._sums = sums
        self._tell()

    def _tell(self) -> None:
        self.status_changed.emit(self.status())

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self._splitter)
        self.list.table.setFocus()
        self._tell()

    def _open_current(self) -> None:
        key = self.list.table.current_key
        if key and not self.list.view.bin:
            self.open_record(key)

    def _step(self, by: int) -> None:
        key = self.list.table.step(by)
        if key:
            self.open_record(key)

    def _made(self, key: int) -> None:
        self._wanted = key

    def _import(self) -> None:
        self.desk.called.emit("importing")

    def _reload(self) -> None:
        self.list.model.reload(self.list.model.all_keys())
        self._count()

    def _fold_views(self) -> None:
        self.views.setVisible(not self.views.isVisible())

    def _fold_detail(self) -> None:
        self._folded_by_room = False
        self.detail.setVisible(not self.detail.isVisible())

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = {
            "record.open": "打开",
            "record.edit": "就地修改",
            "record.copy": "复制选中的行",
            "record.restore": "从回收站恢复",
            "record.erase": "彻底删除…",
            "record.remove": "移到回收站",
        }
        able = self.handlers()
        for name, text in offered.items():
            if name in able:
                action = menu.addAction(text)
                action.setData(name)
                action.setEnabled(name not in NEEDS or self.desk.office.may(NEEDS[name]))
        menu.triggered.connect(self._call_action)
        menu.popup(self.list.table.viewport().mapToGlobal(point))

    def _call_action(self, action: QAction) -> None:
        self.desk.called.emit(action.data())

    def _kept_sizes(self) -> list[int]:
        kept = self.desk.settings.choices.get(f"panes.{self._noun}")
        good = isinstance(kept, list) and len(kept) == len(SIZES) and all(isinstance(size, int) for size in kept)
        return list(kept) if isinstance(kept, list) and good else list(SIZES)
