"""建议人选: the smallest teams the program found, each person with the reasons; the clerk takes all or some."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.planning.crew import KNOWING, Gap, Pick, Proposal, ProposedTeam, Who, unmet
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import hover, text_label
from zhaoshang_desktop.ui.trip.sight import yuan

WHO, TEAM, WHY = range(3)
HEADS = ("人选", "队", "带什么去")
NAMED, MOST_LINES, LINE = 4, 6, 22


class CrewDialog(QDialog):
    """`taken` carries [(number of the team, who)], `renewed` whether those already chosen are to be set aside."""

    taken = Signal(object)
    renewed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("建议人选")
        room = parent.window().size()
        self.resize(min(900, room.width() - 60), min(620, room.height() - 60))
        self.proposal = Proposal()
        self.table = PickTable(self)
        self.anew = QCheckBox("重新挑选，不管已选的人", self)
        self.take = QPushButton(self)
        self.take.setProperty("kind", "primary")
        self.take.setDefault(True)
        self._cost = text_label("", "secondary")
        self.lacking = text_label("", "wrong")
        self._complete = text_label("✓ 每一家要用的都有人会。", "secondary")
        self._build()
        self.table.ticked.connect(self._weigh)
        self.anew.toggled.connect(self.renewed)
        self.take.clicked.connect(self._take)

    def _build(self) -> None:
        below = QWidget(self)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.lacking)
        inside.addWidget(self._complete)
        inside.addStretch(1)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(below)
        cancel = QPushButton("取消", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        last = QHBoxLayout()
        last.addWidget(self.anew)
        last.addStretch(1)
        last.addWidget(cancel)
        last.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        words = "用最少的人把每一家要用的都带上；已在别处的人不选。空格勾选，勾选的才加进队里。"
        column.addWidget(text_label(words, "secondary"))
        column.addWidget(self.table, 1)
        column.addWidget(scroll)
        column.addWidget(self._cost)
        column.addLayout(last)

    def wait(self) -> None:
        """Another proposal is on its way."""
        self.take.setEnabled(False)
        self._cost.setText("正在重新挑选…")

    def put(self, proposal: Proposal) -> None:
        """Show a proposal, everybody in it ticked."""
        self.proposal = proposal
        self.table.put(proposal)
        self._weigh()
        self.table.setFocus()

    def _weigh(self) -> None:
        """What is still lacking with those who are ticked, and what they cost."""
        going = set(self.table.going())
        lines = [
            line for number, team in enumerate(self.proposal.teams) for line in _lines(number, team, going, self._named)
        ]
        self.lacking.setText("\n".join(lines))
        self.lacking.setVisible(bool(lines))
        self._complete.setVisible(not lines)
        self._scroll.setFixedHeight(min(MOST_LINES, len(lines) + 1) * LINE)
        count = len(self.table.wanted())
        self.take.setText(f"加入勾选的 {count} 人" if count else "没有要加的")
        self.take.setEnabled(count > 0)
        self._cost.setText(_cost_words(self.proposal, going))

    @property
    def _named(self) -> bool:
        return len(self.proposal.teams) > 1

    def _take(self) -> None:
        self.taken.emit(self.table.wanted())
        self.accept()


class PickTable(QTableWidget):
    """A row a person, the teams one after the other; those who are in a team already have no tick."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(HEADS), parent)
        self.setAccessibleName("建议人选")
        self.setHorizontalHeaderLabels(list(HEADS))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(WHO, 220)
        header.resizeSection(TEAM, 92)
        self._rows: list[tuple[int, Pick]] = []
        self.itemChanged.connect(self._changed)

    def put(self, proposal: Proposal) -> None:
        self._rows = [(number, pick) for number, team in enumerate(proposal.teams) for pick in team.picks]
        self.blockSignals(True)
        self.setRowCount(len(self._rows))
        for row, (number, pick) in enumerate(self._rows):
            self._put_row(row, proposal.teams[number].name, pick)
        self.blockSignals(False)
        self.resizeRowsToContents()
        if self._rows:
            self.setCurrentCell(0, WHO)

    def going(self) -> list[tuple[int, Who]]:
        """Everybody who would be in a team: those who are, and those who are ticked."""
        return [
            (number, pick.person.who)
            for row, (number, pick) in enumerate(self._rows)
            if not pick.fresh or self._is_ticked(row)
        ]

    def wanted(self) -> list[tuple[int, Who]]:
        """Those who are new and ticked."""
        fresh = {(number, pick.person.who) for number, pick in self._rows if pick.fresh}
        return [one for one in self.going() if one in fresh]

    def _is_ticked(self, row: int) -> bool:
        item = self.item(row, WHO)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def sizeHintForRow(self, row: int) -> int:
        return max(super().sizeHintForRow(row), theme.ROW_HEIGHTS["normal"])

    def _put_row(self, row: int, team: str, pick: Pick) -> None:
        post = pick.person.post
        texts = (f"{pick.person.name}　{post}" if post else pick.person.name, team, pick.words)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text if pick.fresh or column != TEAM else f"{team}（已在）")
            item.setToolTip(hover("\n".join(pick.brings) if column == WHY else text))
            item.setForeground(QColor(theme.colour("violet" if pick.fresh else "secondary")))
            if column == WHO and pick.fresh:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
            self.setItem(row, column, item)

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == WHO:
            self.ticked.emit()


def _lines(number: int, team: ProposedTeam, going: set[tuple[int, Who]], named: bool) -> list[str]:
    group = [pick.person for pick in team.picks if (number, pick.person.who) in going]
    told = {gap.need.skill: gap for gap in team.gaps}
    lacking, name = unmet(team.needs, group), team.name if named else ""
    lines = [gap_words(told.get(need.skill, Gap(need)), team, name) for need in lacking if not need.host]
    strangers = [need.skill.removeprefix(KNOWING) for need in lacking if need.host]
    if strangers:
        more = f"等 {len(strangers)} 家" if len(strangers) > NAMED else ""
        lines.append(f"{name}没有人认识{'、'.join(strangers[:NAMED])}{more}（本单位或专家里有人认识）")
    return lines


def gap_words(gap: Gap, team: ProposedTeam, name: str = "") -> str:
    """没有人会日语（2 家要用：境外客商）。会的有：李想（12-07 至 12-09 休假）"""
    need = gap.need
    hosts = {host.visit: host.called for host in team.hosts}
    firms = "、".join(hosts[visit] for visit in need.visits[:2] if visit in hosts)
    firms += f"等 {need.meetings} 家" if need.meetings > 2 else ""
    words = f"{name}没有人{need.words}（{firms}：{need.reason}）"
    if not gap.could:
        return words
    able = "、".join(f"{person.name}（{why}）" for person, why in gap.could[:NAMED])
    return f"{words}。本来可以：{able}{' 等' if len(gap.could) > NAMED else ''}"


def _cost_words(proposal: Proposal, going: set[tuple[int, Who]]) -> str:
    words = f"共 {len(going)} 人"
    everybody = {(number, pick.person.who) for number, team in enumerate(proposal.teams) for pick in team.picks}
    if going == everybody:
        words += f"，补助和住宿约 {yuan(proposal.cost)} 元（不含路费）"
        if proposal.limit is not None:
            within = "在" if proposal.cost.fen <= proposal.limit.fen else "超出"
            words += f"，{within}经费限额里能用于人员的 {yuan(proposal.limit)} 元{'之内' if within == '在' else ''}"
    return words if proposal.proven else f"{words}。要求太多，没有算到底，可能还有更好的组合"
