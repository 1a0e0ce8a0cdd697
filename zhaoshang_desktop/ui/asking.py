"""The one question box: only for what leaves the office or cannot be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(parent: QWidget, question: str, button: str) -> bool:
    """Whether the clerk presses the button named; Esc and 取消 say no."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "招商桌面", question, parent=parent)
    yes = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    agreed = box.clickedButton() is yes
    box.deleteLater()
    return agreed
