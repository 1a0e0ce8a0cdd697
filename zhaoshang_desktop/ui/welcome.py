"""The first start: make an office or open one, and what must never be entered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui.forms.welcome import Ui_Welcome
from zhaoshang_desktop.ui.office.secret_fields import NewSecret
from zhaoshang_desktop.ui.pieces import fit
from zhaoshang_desktop.ui.tab_order import in_order

SUFFIX = ".office"
FILES = "办公室和出差包 (*.office *.pack);;所有文件 (*)"
FILTER = f"办公室 (*{SUFFIX})"


class WelcomeDialog(QDialog):
    """`made` carries (file, office name, actor, passphrase or ""); `opened` the file of one that exists;
    `server_wanted` when it is on a server."""

    made = Signal(object, str, str, str)
    opened = Signal(object)
    server_wanted = Signal()

    def __init__(self, folder: Path, actor: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Welcome()
        self.ui.setupUi(self)
        self._folder = folder
        self._chosen = False
        self.ui.actor.setText(actor)
        self.ui.wrong.hide()
        self.secret = NewSecret()
        place = QVBoxLayout(self.ui.secretPlace)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.secret)
        self.ui.secretPlace.hide()
        self.ui.encrypt.toggled.connect(self._fold)
        self._suggest("")
        self.ui.name.textChanged.connect(self._suggest)
        self.ui.place.textEdited.connect(self._keep_place)
        self.ui.choose.clicked.connect(self._choose)
        self.ui.create.clicked.connect(self.create_office)
        self.ui.open.clicked.connect(self._open)
        self.server = QPushButton("连接服务器…", self)
        self.server.clicked.connect(self.server_wanted)
        self.ui.buttons.insertWidget(1, self.server)
        in_order(self.ui.encrypt, self.secret.first, self.secret.second, self.ui.open, self.server, self.ui.create)

    def create_office(self) -> None:
        """Ask for the office to be made, once it has a name."""
        name = self.ui.name.text().strip()
        if not name:
            self.say("请写上单位名称，它会印在材料上。")
            self.ui.name.setFocus()
            return
        try:
            secret = self.secret.taken() if self.ui.encrypt.isChecked() else ""
        except KnownError as error:
            self.say(str(error))
            self.secret.first.setFocus()
            return
        self.made.emit(Path(self.ui.place.text().strip()), name, self.ui.actor.text().strip(), secret)

    @property
    def office_name(self) -> str:
        """What the office is called on papers."""
        return self.ui.name.text().strip()

    def say(self, sentence: str) -> None:
        """What is wrong, above the buttons."""
        self.ui.wrong.setText(sentence)
        self.ui.wrong.setVisible(bool(sentence))
        fit(self)

    def _suggest(self, name: str) -> None:
        """A file in the person's documents, named after the office, until a place was chosen by hand."""
        if not self._chosen:
            plain = "".join(letter for letter in name.strip() if letter not in '\\/:*?"<>|') or "招商办公室"
            self.ui.place.setText(str(self._folder / f"{plain}{SUFFIX}"))
        self.say("")

    def _fold(self, encrypted: bool) -> None:
        self.ui.secretPlace.setVisible(encrypted)
        self.say("")
        fit(self)
        if encrypted:
            self.secret.first.setFocus()

    def _keep_place(self) -> None:
        self._chosen = True

    def _choose(self) -> None:
        place, _ = QFileDialog.getSaveFileName(self, "办公室放在哪里", self.ui.place.text(), FILTER)
        if place:
            self._chosen = True
            self.ui.place.setText(place if place.endswith(SUFFIX) else place + SUFFIX)

    def _open(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, "打开办公室或出差包", str(self._folder), FILES)
        if place:
            self.opened.emit(Path(place))
