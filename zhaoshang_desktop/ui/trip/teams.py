"""队员: who goes in which team, and whether together they can talk about everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.trip import TeamWish, Travels, set_teams, set_travels
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.trip import Team, team_name
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.crew import Person, Who, unusual_size
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.pieces import hover, text_label
from zhaoshang_desktop.ui.trip.crew_choice import CrewChoice
from zhaoshang_desktop.ui.trip.flow import Flow
from zhaoshang_desktop.ui.trip.matrix import Matrix
from zhaoshang_desktop.ui.trip.member_table import MemberTable
from zhaoshang_desktop.ui.trip.people import Lack, Pool, Table, pool, table_of
from zhaoshang_desktop.ui.trip.sight import Sight
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.team_card import TeamCard
from zhaoshang_desktop.ui.trip.travels_dialog import TravelsDialog

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand


class TeamsStep(Step):
    """The teams are stored whole after each change, one storing after the other."""

    KEY = "teams"
    TITLE = "队员"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.search = QLineEdit(self)
        self.search.setProperty("asks", True)
        self.members = MemberTable(self)
        self.matrix = Matrix()
        self.cards: list[TeamCard] = []
        self.lacking = Flow(self)
        self._pool = Pool()
        self._wishes: list[TeamWish] = []
        self._sending = self._again = False
        self._offers: dict[QPushButton, tuple[Who, str]] = {}
        self.choice = CrewChoice(desk, self)
        self._build()
        self.members.rows.ticked.connect(self._assign)
        self.members.opened.connect(self._open_person)
        self.search.textChanged.connect(self.members.rows.search)

    def put(self, sight: Sight) -> None:
        if self.sight is not None and self.sight.key != sight.key:
            self.choice.rest()
        super().put(sight)
        if self._sending:
            self._name_new(sight.book.teams)
            return
        self._wishes = [_wish(team) for team in sight.book.teams] or [TeamWish(team_name(1))]
        self._ask_pool()
        self._show()

    def arrive(self) -> None:
        self.search.setFocus()

    def keep(self) -> None:
        for card in self.cards:
            if card.name.hasFocus():
                self._edited(card)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self._find, "suggest": self.suggest, "reload": self._ask_pool}

    def buttons(self) -> tuple[tuple[str, str], ...]:
        return (("建议人选…", "suggest"),)

    def status(self) -> str:
        count = sum(len(wish.members) + len(wish.experts) for wish in self._wishes)
        return f"{len(self._wishes)} 个队　{count} 人"

    def back(self) -> bool:
        if self.search.text():
            self.search.clear()
            return True
        return False

    @staticmethod
    def mark(sight: Sight) -> Mark:
        sizes = [len(team.members) + len(team.experts) for team in sight.book.teams]
        count = str(sum(sizes)) if sum(sizes) else ""
        if not sizes or not all(sizes):
            return Mark("open", count)
        return Mark("wrong" if any(map(unusual_size, sizes)) else "done", count)

    def _build(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(10)
        self._more = QPushButton("＋ 加一队", self)
        self._more.clicked.connect(self._add_team)
        self._row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        teams = QWidget()
        teams.setLayout(self._row)
        top = QScrollArea(self)
        top.setWidgetResizable(True)
        top.setWidget(teams)
        top.setMinimumHeight(96)
        self.search.setPlaceholderText("找人：姓名、单位、特长、语言")
        self.search.setAccessibleName("找人")
        self.search.setClearButtonEnabled(True)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.members, 1)
        lower = QSplitter(Qt.Orientation.Horizontal, self)
        lower.setHandleWidth(1)
        lower.addWidget(left)
        lower.addWidget(self._right())
        for number, size in enumerate((560, 660)):
            lower.setStretchFactor(number, size)
        lower.setSizes([560, 660])
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.setHandleWidth(1)
        whole.addWidget(top)
        whole.addWidget(lower)
        whole.setStretchFactor(1, 1)
        whole.setSizes([124, 518])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)

    def _right(self) -> QFrame:
        right = QFrame(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        self._legend = QLabel(right)
        self._legend.setProperty("role", "secondary")
        self._legend.setWordWrap(True)
        scroll = QScrollArea(right)
        scroll.setWidget(self.matrix)
        column.addWidget(self._legend)
        column.addWidget(self.lacking)
        column.addWidget(scroll, 1)
        return right

    def _ask_pool(self) -> None:
        if self.sight is not None:
            self.desk.ask((self, "pool"), pool(self.sight), self._fill_pool)

    def _fill_pool(self, found: Pool) -> None:
        self._pool = found
        self._show()

    def _show(self) -> None:
        if self.sight is None:
            return
        while len(self.cards) > len(self._wishes):
            card = self.cards.pop()
            self._row.removeWidget(card)
            card.deleteLater()
        while len(self.cards) < len(self._wishes):
            self._new_card()
        for card, wish in zip(self.cards, self._wishes, strict=True):
            card.put(wish, [one for who in _people(wish) if (one := self._pool.find(who))])
        of = {who: number for number, wish in enumerate(self._wishes) for who in _people(wish)}
        self.members.rows.put(self._pool.people, [wish.name for wish in self._wishes], of)
        groups = [(wish.name, _people(wish)) for wish in self._wishes]
        self._show_table(table_of(self.sight, self._pool, groups))
        self.told.emit()

    def _show_table(self, table: Table) -> None:
        self.matrix.put(table)
        if not table.targets:
            self._legend.setText("选了拜访对象以后，这里显示每个人会什么、和哪一家谈得来。")
        elif not any(group for _, group in table.teams):
            self._legend.setText("勾选队员以后，这里显示每个人会什么、和哪一家谈得来。")
        else:
            self._legend.setText("● 特长全对得上　◔ 对得上一部分　◯ 认识这家　红字：还缺")
        self.lacking.clear()
        self._offers.clear()
        going = any(group for _, group in table.teams)
        self._show_lacking([lack for lack in table.lacking if not lack.need.host] if going else [])

    def _show_lacking(self, lacks: Sequence[Lack]) -> None:
        for lack in lacks:
            self.lacking.add(text_label(lack.words + ("，可以请" if lack.free else ""), "wrong"))
            for one in lack.free:
                self.lacking.add(self._offer(one, lack.teams[0] if lack.teams else ""))
            if lack.busy and not lack.free:
                away = "、".join(f"{one.name}（{one.busy}）" for one in lack.busy)
                self.lacking.add(text_label(f"本来可以：{away}", "weak"))
        self.lacking.setVisible(bool(lacks))

    def _offer(self, one: Person, team: str) -> QPushButton:
        button = QPushButton(f"{one.name}{'（专家）' if one.expert else ''}")
        button.setProperty("kind", "link")
        button.setToolTip(hover(f"加入{team or '人最少的队'}\n{one.post}"))
        button.clicked.connect(self._take_offer)
        self._offers[button] = one.who, team
        return button

    def _new_card(self) -> None:
        card = TeamCard(self)
        card.edited.connect(self._edit_sender)
        card.dropped_on.connect(self._drop_on)
        card.sent_off.connect(self._send_off)
        card.removed.connect(self._remove)
        card.travels_asked.connect(self._open_travels)
        self._row.insertWidget(len(self.cards), card, 0, Qt.AlignmentFlag.AlignTop)
        self.cards.append(card)

    def _assign(self, who: Who, team: int) -> None:
        """Into one team and out of every other; -1 is no team."""
        for number, wish in enumerate(self._wishes):
            people = [one for one in _people(wish) if one != who] + ([who] if number == team else [])
            self._wishes[number] = _with(wish, people)
        self._send()

    def _open_person(self, who: Who) -> None:
        self.desk.show(Expert if who[0] else Member, who[1])

    def _add_team(self) -> None:
        names = {wish.name for wish in self._wishes}
        free = (team_name(number) for number in count(1))
        self._wishes.append(TeamWish(next(name for name in free if name not in names)))
        self._send()

    def _edit_sender(self) -> None:
        card = self.sender()
        if isinstance(card, TeamCard):
            self._edited(card)

    def _edited(self, card: TeamCard) -> None:
        number = self.cards.index(card)
        name, mode, car = card.take()
        changed = replace(self._wishes[number], name=name, mode=mode, official_car=car or None)
        if changed != self._wishes[number]:
            self._wishes[number] = changed
            self._send()

    def _drop_on(self, people: list[Who]) -> None:
        card = self.sender()
        if isinstance(card, TeamCard):
            for who in people:
                self._assign(who, self.cards.index(card))

    def _send_off(self, who: Who) -> None:
        self._assign(who, -1)

    def _remove(self) -> None:
        card = self.sender()
        if isinstance(card, TeamCard):
            del self._wishes[self.cards.index(card)]
            self._send()

    def _open_travels(self) -> None:
        """Where and when that team sets out and comes back."""
        card = self.sender()
        team = self.sight.team(self._wishes[self.cards.index(card)].key) if self.sight and card in self.cards else None
        if self.sight is not None and team is not None:
            dialog = TravelsDialog(self.desk, self.sight, team, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.wanted.connect(self._set_travels)
            dialog.open()

    def _set_travels(self, team: int, travels: Travels) -> None:
        self.desk.run(set_travels, team, travels)

    def _take_offer(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton) and sender in self._offers:
            who, team = self._offers[sender]
            sizes = [len(_people(wish)) for wish in self._wishes]
            named = [number for number, wish in enumerate(self._wishes) if wish.name == team]
            self._assign(who, named[0] if named else sizes.index(min(sizes)))

    def _send(self) -> None:
        """Store the teams; while that is under way, what changes further follows when it is done."""
        self._show()
        if self._sending:
            self._again = True
        elif self.sight is not None:
            self._sending = True
            self.desk.run(set_teams, self.sight.key, list(self._wishes), on_done=self._sent, on_error=self._not_sent)

    def _sent(self, changes: Changes) -> None:
        """What was changed meanwhile is stored next; the keys of new teams are known only now."""
        if self._again and self.sight is not None:
            self._again = False
            self.desk.ask((self, "keys"), _teams(self.sight.key), self._send_rest)
        else:
            self._sending = False

    def _send_rest(self, teams: list[Team]) -> None:
        self._name_new(teams)
        self._sending = False
        self._send()

    def _name_new(self, teams: Sequence[Team]) -> None:
        """Give the teams that were new their keys."""
        known = {wish.key for wish in self._wishes}
        fresh = iter([team.id for team in teams if team.id not in known])
        self._wishes = [wish if wish.key else replace(wish, key=next(fresh, 0)) for wish in self._wishes]

    def _not_sent(self, error: KnownError) -> None:
        self._sending = self._again = False
        self.desk.complained.emit(error)
        if self.sight is not None:
            self.put(self.sight)

    def suggest(self) -> None:
        """Ask for the smallest teams, around those who are chosen."""
        if self.sight is not None:
            self.choice.suggest(self.sight.key)

    def rest(self) -> None:
        self.choice.rest()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()


def _teams(trip: int) -> Callable[[Office], list[Team]]:
    """The question which teams a trip has, in their order."""

    def question(office: Office) -> list[Team]:
        return office.find(Query(Team, where=(Where("trip", "=", trip),), order=("id",)))

    return question


def _wish(team: Team) -> TeamWish:
    travels = Travels(team.origin, team.goal, team.first_day, team.last_day, team.home_nights)
    return TeamWish(team.name, team.members, team.experts, team.mode, team.official_car, team.id, travels)


def _people(wish: TeamWish) -> list[Who]:
    return [(False, key) for key in wish.members] + [(True, key) for key in wish.experts]


def _with(wish: TeamWish, people: list[Who]) -> TeamWish:
    members = tuple(key for expert, key in people if not expert)
    return replace(wish, members=members, experts=tuple(key for expert, key in people if expert))
