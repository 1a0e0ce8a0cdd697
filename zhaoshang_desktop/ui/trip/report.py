"""报告: what the log says, in sections that can be written on; saved as .docx or PDF, or drafted again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.file_name import safe_name
from zhaoshang_desktop.domain.report import SECTIONS
from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.promise_marks import PromiseMarks
from zhaoshang_desktop.ui.trip.sight import DONE, Sight
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.report import Report
    from zhaoshang_desktop.domain.visit_figures import Figures
    from zhaoshang_desktop.papers.pdf import Printed
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

FOLDER = "trip.report.folder"
LINES = {"overview": 3, "visits": 12, "outcome": 4, "following": 6, "cost": 2, "lessons": 5}
EMPTY = {"lessons": "体会和建议由写报告的人来写"}
NAME, ADDRESSEE = "name", "addressee"


@dataclass(frozen=True)
class Written:
    """The report as it stands, what it counts, and what in it the law does not allow."""

    report: Report
    figures: Figures
    promises: tuple[Promise, ...]


class ReportStep(Step):
    """What is typed is kept and is by hand from then on; a section that is emptied is drafted again."""

    KEY = "report"
    TITLE = "报告"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.found: Written | None = None
        self.title = QLineEdit(self)
        self.title.setAccessibleName("标题")
        self.addressee = QLineEdit(self)
        self.addressee.setAccessibleName("主送机关")
        self.addressee.setPlaceholderText("主送机关，如：县委、县政府；空着不印")
        self.said = QLabel(self)
        self.said.setProperty("role", "weak")
        self.said.setWordWrap(True)
        self.boxes: dict[str, QPlainTextEdit] = {}
        self.underlined: list[PromiseMarks] = []
        self.marks: dict[str, QLabel] = {}
        self.again: dict[str, QPushButton] = {}
        body = QWidget()
        body.setMaximumWidth(860)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.addressee)
        column.addWidget(self.said)
        for name, heading in SECTIONS.items():
            column.addLayout(self._head(name, heading))
            column.addWidget(self._box(name, heading))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.lines = {NAME: self.title, ADDRESSEE: self.addressee}
        for line in self.lines.values():
            line.installEventFilter(self)
        self.empty = EmptyHint(self)
        self.empty.setAutoFillBackground(True)
        self.empty.pressed.connect(self.wanted)

    def put(self, sight: Sight) -> None:
        if self.sight is None or self.sight.key != sight.key:
            self.found = None
        super().put(sight)
        if not any(visit.state == DONE for visit in sight.targets):
            self.empty.say("记录了拜访，这里就有报告的草稿。", "去“记录”一步", "log")
            return
        self.empty.hide()
        self.desk.ask((self, "report"), _question(sight.key), self._show)

    def arrive(self) -> None:
        self.boxes["lessons" if self.boxes["overview"].toPlainText() else "overview"].setFocus()

    def keep(self) -> None:
        """Store what has been typed since it was shown."""
        if self.found is None or self.sight is None:
            return
        texts = {name: box.toPlainText() for name, box in self.boxes.items()}
        texts |= {name: line.text() for name, line in self.lines.items()}
        typed = {name: text for name, text in texts.items() if text.strip() != getattr(self.found.report, name).strip()}
        if typed:
            for name, text in typed.items():
                setattr(self.found.report, name, text)
            self.desk.run(_write_on, self.sight.key, typed, on_done=self._kept)

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.found is None or self.empty.isVisible():
            return ()
        return ("存成 Word…", "report.word"), ("存成 PDF…", "save")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"report.word": self.save_word, "save": self.save_pdf}

    def status(self) -> str:
        if self.found is None:
            return ""
        figures = self.found.figures
        letters = "　".join(f"{letter} {count}" for letter, count in figures.intentions.items())
        words = f"走访 {figures.visits} 次，客商 {figures.firms} 家　{letters}"
        return words + f"　项目 {len(figures.projects)} 个，信息 {len(figures.leads)} 条"

    @staticmethod
    def mark(sight: Sight) -> Mark:
        return Mark()

    def save_word(self) -> None:
        """Ask where, and write it as a document of Word."""
        self._ask_where(".docx", "Word 文档 (*.docx)")

    def save_pdf(self) -> None:
        """Ask where, and write it as PDF."""
        self._ask_where(".pdf", "PDF (*.pdf)")

    def save_to(self, path: Path) -> None:
        """Write the report to a file, as it stands."""
        if self.sight is not None:
            self.keep()
            self.desk.settings.choices[FOLDER] = str(path.parent)
            self._saved = path
            self.desk.run(_write, self.sight.key, path, on_done=self._written, words="正在写报告")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _ask_where(self, ending: str, kinds: str) -> None:
        if self.found is None:
            return
        self.keep()
        folder = Path(str(self.desk.settings.choices.get(FOLDER, "")) or offices_folder())
        name = safe_name(f"{self.found.report.name}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存报告", str(folder / name), kinds)
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == ending else path.with_name(path.name + ending))

    def _head(self, name: str, heading: str) -> QHBoxLayout:
        label = QLabel(heading, self)
        label.setProperty("role", "section")
        self.marks[name] = mark = QLabel("手写", self)
        mark.setProperty("role", "secondary")
        mark.setToolTip("这一段有人改过，记录变了也不会重写")
        mark.hide()
        self.again[name] = again = QPushButton("按记录重写", self)
        again.setProperty("kind", "link")
        again.setProperty("section", name)
        again.clicked.connect(self._draft_again)
        again.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        for widget in (label, mark, again):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _box(self, name: str, heading: str) -> QPlainTextEdit:
        box = QPlainTextEdit(self)
        box.setAccessibleName(heading)
        box.setTabChangesFocus(True)
        box.setPlaceholderText(EMPTY.get(name, ""))
        box.setFixedHeight(box.fontMetrics().lineSpacing() * LINES[name] + 16)
        box.installEventFilter(self)
        self.boxes[name] = box
        self.underlined.append(PromiseMarks(box, self.desk))
        return box

    def _show(self, found: Written) -> None:
        if self.sight is None or found.report.trip != self.sight.key:
            return
        before, self.found = self.found, found
        for name, box in self.boxes.items():
            text = getattr(found.report, name)
            typed = before is not None and box.toPlainText().strip() != getattr(before.report, name).strip()
            if box.toPlainText() != text and not typed:
                box.setPlainText(text)
            by_hand = SECTIONS[name] in found.report.by_hand
            self.marks[name].setVisible(by_hand)
            self.again[name].setVisible(by_hand and name != "lessons")
        for name, line in self.lines.items():
            if not line.hasFocus():
                line.setText(getattr(found.report, name))
                line.setCursorPosition(0)
        self.said.setText("\n".join(one.sentence for one in found.promises))
        self.said.setVisible(bool(found.promises))
        self.told.emit()

    def _draft_again(self) -> None:
        name = str(self.sender().property("section"))
        if self.sight is not None:
            self.desk.run(_write_on, self.sight.key, {name: ""}, on_done=self._drafted)

    def _drafted(self, changes: Changes) -> None:
        self.desk.say("已按记录重写。", changes.batch)
        self._again()

    def _kept(self, changes: Changes) -> None:
        self._again()

    def _again(self) -> None:
        if self.sight is not None:
            self.desk.ask((self, "report"), _question(self.sight.key), self._show)

    def _written(self, printed: Printed | None) -> None:
        pages = f"共 {printed.pages} 页" if printed else ""
        promises = len(self.found.promises) if self.found else 0
        warning = f"　请注意：有 {promises} 处承诺不合公平竞争审查" if promises else ""
        self.desk.say(f"已保存 {self._saved.name}{f'，{pages}' if pages else ''}，在 {self._saved.parent}。{warning}")


def _question(key: int) -> Callable[[Office], Written]:
    def question(office: Office) -> Written:
        from zhaoshang_desktop.actions.report import drafted, promises_in  # brings the printing press with it

        report, figures = drafted(office, key)
        return Written(report, figures, tuple(promises_in(office, report)))

    return question


def _write_on(office: Office, trip: int, texts: dict[str, str]) -> Changes:
    from zhaoshang_desktop.actions.report import write_on  # brings the printing press with it

    return write_on(office, trip, texts)


def _write(office: Office, trip: int, path: Path) -> Printed | None:
    from zhaoshang_desktop.actions.report import write_report  # brings the printing press with it

    return write_report(office, trip, path)
