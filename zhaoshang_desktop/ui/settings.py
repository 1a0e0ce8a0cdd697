"""设置: who sits here, colours, rows and type."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.forms.settings import Ui_Settings
from zhaoshang_desktop.ui.library.link_editors import LinkEditor

SCHEMES = ("system", "light", "dark")
DENSITIES = ("compact", "normal", "roomy")


class SettingsDialog(QDialog):
    """`chosen` after 好: the settings hold what was chosen."""

    chosen = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ui = Ui_Settings()
        self.ui.setupUi(self)
        self.me = LinkEditor(field_of(Investor, "owner"), desk, self.ui.me)
        row = QHBoxLayout(self.ui.me)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.me)
        for widget in (self.ui.me, self.ui.meLabel, self.ui.meHint):
            widget.setVisible(desk.is_open)
        if desk.is_open:
            self.me.put(desk.me)
        settings = desk.settings
        self.ui.scheme.setCurrentIndex(SCHEMES.index(settings.theme) if settings.theme in SCHEMES else 0)
        density = settings.choices.get("density", "normal")
        self.ui.density.setCurrentIndex(DENSITIES.index(density) if density in DENSITIES else 1)
        self.ui.textSize.setCurrentIndex(min(max(settings.text_size, 0), 2))
        self.accepted.connect(self._keep)
        self.finished.connect(self.deleteLater)

    def _keep(self) -> None:
        settings = self._desk.settings
        settings.theme = SCHEMES[self.ui.scheme.currentIndex()]
        settings.choices["density"] = DENSITIES[self.ui.density.currentIndex()]
        settings.text_size = self.ui.textSize.currentIndex()
        if self._desk.is_open and self.me.touched:
            settings.choices[f"me.{self._desk.office.where}"] = self.me.take()[0]
        self.chosen.emit()
