"""粘贴成信息: a news item or chat messages that were copied, shown as the leads they would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.pasting import LeadDraft, draft_leads, save_leads
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.library.fields_form import FieldsForm
from zhaoshang_desktop.ui.pieces import hover

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

TEXT, LEADS = range(2)
_LIST_WIDTH = 200


class PasteDialog(QDialog):
    """Ctrl+S or 存入信息库 stores the ticked ones as one batch; Esc closes without."""

    def __init__(self, desk: Desk, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("粘贴成信息")
        self.resize(880, 430)
        self._desk = desk
        self._current = -1
        self.drafts: list[LeadDraft] = []
        self.text = QPlainTextEdit(text, self)
        self.text.setPlaceholderText(
            "把新闻、微信或QQ聊天记录粘贴到这里。“张三：……”会认成提供人，几条消息认成几条信息。"
        )
        self.list = QListWidget(self)
        self.form = FieldsForm(Lead, desk, self, omit=("published",))
        self.told = QuietLabel(self)
        self.firm = QCheckBox(self)
        self.back = QPushButton("改原文", self)
        self.onward = QPushButton(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._text_page())
        self._stack.addWidget(self._leads_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(self._buttons())
        self.list.currentRowChanged.connect(self._go)
        self.list.itemChanged.connect(self._show_state)
        self.text.textChanged.connect(self._show_state)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self._press)
        self._show_state()
        if text.strip():
            self.understand()

    def understand(self) -> None:
        """Take the text apart; the leads are shown when that is done."""
        text = self.text.toPlainText()

        def question(office: Office) -> list[LeadDraft] | KnownError:
            try:
                return draft_leads(office, text)
            except KnownError as error:
                return error

        self._desk.ask((self, "drafts"), question, self._show)

    def store(self) -> None:
        """The ticked leads, as they stand in the form."""
        self._keep()
        chosen = self.chosen
        unnamed = next((place for place, one in enumerate(self.drafts) if one in chosen and not one.lead.subject), -1)
        if unnamed >= 0:
            self.list.setCurrentRow(unnamed)
            self.form.missing()
        elif chosen:
            self.onward.setEnabled(False)
            self._desk.run(save_leads, chosen, on_done=self._stored, on_error=self._refused)

    @property
    def chosen(self) -> list[LeadDraft]:
        """The drafts that are ticked."""
        ticked = Qt.CheckState.Checked
        return [one for place, one in enumerate(self.drafts) if self.list.item(place).checkState() == ticked]

    def _text_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 8)
        column.addWidget(self.text)
        return page

    def _leads_page(self) -> QWidget:
        page = QWidget(self)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setAccessibleName("认出的信息")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(page)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._found_bar(body))
        scroll = QScrollArea(body)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        inner.addWidget(scroll, 1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(body, 1)
        return page

    def _found_bar(self, parent: QWidget) -> QWidget:
        bar = QFrame(parent)
        bar.setObjectName("toolbar")
        column = QVBoxLayout(bar)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(4)
        column.addWidget(self.told)
        column.addWidget(self.firm)
        self.firm.toggled.connect(self._take_firm)
        return bar

    def _buttons(self) -> QHBoxLayout:
        self.onward.setProperty("kind", "primary")
        self.onward.setDefault(False)
        self.onward.clicked.connect(self._press)
        self.back.clicked.connect(self._edit_text)
        self.problem = QLabel(self)
        self.problem.setProperty("role", "weak")
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        for button in (self.back, self.onward, cancel):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 12)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.problem, 1)
        row.addWidget(cancel)
        row.addWidget(self.onward)
        return row

    def _press(self) -> None:
        if not self.onward.isEnabled():
            return
        if self._stack.currentIndex() == TEXT:
            self.understand()
        else:
            self.store()

    def _edit_text(self) -> None:
        self._keep()
        self._stack.setCurrentIndex(TEXT)
        self._show_state()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[LeadDraft] | KnownError) -> None:
        if isinstance(found, KnownError):
            self.problem.setText(f"{found.sentence}{found.way_out}")
            return
        self.problem.clear()
        self.drafts, self._current = found, -1
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(
                f"{one.lead.provider}：{one.lead.subject}" if one.lead.provider else one.lead.subject
            )
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if one.is_known else Qt.CheckState.Checked)
            item.setToolTip(hover(one.lead.content[:300]))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(len(found) > 1)
        self._stack.setCurrentIndex(LEADS)
        self.list.setCurrentRow(0)
        self._show_state()
        self.form.focus("subject")

    def _go(self, place: int) -> None:
        """Another lead; what was typed for the one before is kept."""
        self._keep()
        if not 0 <= place < len(self.drafts):
            return
        self._current = place
        draft = self.drafts[place]
        self.form.put(draft.lead)
        self.told.say(_words(draft))
        names = draft.found.firms
        self.firm.setVisible(bool(names) and not draft.lead.investor)
        self.firm.setText(f"把“{names[0]}”建为客商，并关联到这条信息" if names else "")
        self.firm.blockSignals(True)
        self.firm.setChecked(bool(draft.new_firm))
        self.firm.blockSignals(False)

    def _keep(self) -> None:
        if 0 <= self._current < len(self.drafts) and self.form.touched:
            lead, changes = self.drafts[self._current].lead, self.form.changes()
            lead.raw = {**lead.raw, **changes.pop("raw", {})}
            lead.raw = {name: text for name, text in lead.raw.items() if text}
            for name, value in changes.items():
                setattr(lead, name, value)

    def _take_firm(self, wanted: bool) -> None:
        if 0 <= self._current < len(self.drafts):
            draft = self.drafts[self._current]
            draft.new_firm = draft.found.firms[0] if wanted else ""

    def _show_state(self) -> None:
        at_text = self._stack.currentIndex() == TEXT
        self.back.setVisible(not at_text)
        count = 0 if at_text else len(self.chosen)
        self.onward.setText("认一认" if at_text else f"存入信息库 {count} 条")
        self.onward.setEnabled(bool(self.text.toPlainText().strip()) if at_text else count > 0)

    def _stored(self, changes: Changes) -> None:
        count = len(changes.of(Lead.NOUN))
        firms = len(changes.of("investor"))
        self._desk.say(f"已存入信息 {count} 条{f'，新建客商 {firms} 家' if firms else ''}。", changes.batch)
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self.problem.setText(f"{error.sentence}{error.way_out}")
        self._show_state()


def _words(draft: LeadDraft) -> str:
    """What was found, in a line."""
    found = draft.found
    parts = [
        "信息库里已有同样标题的一条" if draft.is_known else "",
        f"客商库已有：{'、'.join(draft.firms.values())}" if draft.firms else "",
        f"文中企业：{'、'.join(found.firms)}" if found.firms else "",
        f"金额：{'、'.join(found.amounts)}" if found.amounts else "",
        f"电话：{'、'.join(found.phones)}" if found.phones else "",
    ]
    return "　".join(filter(None, parts)) or "没有认出企业、金额和电话，请自己填。"
