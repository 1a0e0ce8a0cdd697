"""公平竞争提示: promises the law does not allow, listed before they are printed, underlined while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from zhaoshang_desktop.ui import theme

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise

HEAD = (
    "下面的话可能属于公平竞争审查条例不允许的承诺。对外的资料里请按建议改写；"
    "程序只按词语提醒，确实合法、已公布的政策请写明文号。"
)


class PromiseDialog(QDialog):
    """Each place with its words, the article and what to write instead. With `go_on` it asks; without it only tells."""

    def __init__(self, promises: Sequence[Promise], parent: QWidget, go_on: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("公平竞争提示")
        head = QLabel(HEAD, self)
        head.setWordWrap(True)
        self.list = QTextBrowser(self)
        self.list.setAccessibleName("要改的地方")
        self.list.setOpenLinks(False)
        self.list.setHtml("".join(_html(one) for one in promises))
        self.buttons = QDialogButtonBox(self)
        if go_on:
            self.buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
            back = self.buttons.addButton("返回修改", QDialogButtonBox.ButtonRole.RejectRole)
        else:
            back = self.buttons.addButton("知道了", QDialogButtonBox.ButtonRole.RejectRole)
        back.setDefault(True)
        back.setFocus()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)
        self.finished.connect(self.deleteLater)

    def sizeHint(self) -> QSize:
        return QSize(620, 420)


def may_go_on(promises: Sequence[Promise], parent: QWidget, go_on: str) -> bool:
    """Whether the clerk goes on in spite of them; without any nobody is asked."""
    if not promises:
        return True
    return PromiseDialog(promises, parent, go_on).exec() == QDialog.DialogCode.Accepted


def _html(one: Promise) -> str:
    red, grey = theme.colour("red").name(), theme.colour("secondary").name()
    before, _, after = one.around.partition(one.words)
    said = f"{escape(before)}<b style='color:{red}'>{escape(one.words)}</b>{escape(after)}"
    return (
        f"<p style='margin:0 0 2px 0'><b>{escape(one.place)}</b></p>"
        f"<p style='margin:0 0 2px 12px'>“{said}”</p>"
        f"<p style='margin:0 0 2px 12px;color:{grey}'>{escape(one.article)}：{escape(one.forbidden)}</p>"
        f"<p style='margin:0 0 12px 12px'>建议：{escape(one.instead)}</p>"
    )
