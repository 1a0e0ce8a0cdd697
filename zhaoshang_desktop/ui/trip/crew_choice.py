"""建议人选 from the question to the taken answer: the choosing takes its time beside the window, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.actions.crew import propose_crew, take_crew
from zhaoshang_desktop.ui.trip.crew_dialog import CrewDialog

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.planning.crew import Proposal, Who
    from zhaoshang_desktop.runtime.progress import Progress
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.job import Job


class CrewChoice(QObject):
    """The newest question wins; an answer that nobody waits for is dropped."""

    def __init__(self, desk: Desk, room: QWidget) -> None:
        super().__init__(room)
        self._desk, self._room = desk, room
        self._trip = 0
        self._job: Job | None = None
        self.dialog: CrewDialog | None = None

    def suggest(self, trip: int, anew: bool = False) -> None:
        """Ask for the smallest teams, around those who are chosen or without them."""
        self.rest()
        self._trip = trip
        if self.dialog is not None:
            self.dialog.wait()
        self._job = self._desk.run(
            _proposed, trip, anew, on_done=self._propose, on_error=self._failed, words="正在挑选人选", steps=True
        )

    def rest(self) -> None:
        """Nobody waits for the answer any more."""
        self._trip = 0
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _propose(self, found: tuple[int, Proposal]) -> None:
        trip, proposal = found
        self._job = None
        if trip != self._trip or not self._room.isVisible():
            return
        if self.dialog is None:
            self.dialog = CrewDialog(self._room)
            self.dialog.taken.connect(self._take)
            self.dialog.renewed.connect(self._renew)
            self.dialog.finished.connect(self._forget)
        self.dialog.put(proposal)
        self.dialog.open()

    def _renew(self, anew: bool) -> None:
        self.suggest(self._trip, anew)

    def _failed(self, error: KnownError) -> None:
        self._job = None
        if self.dialog is not None:
            self.dialog.reject()
        self._desk.complained.emit(error)

    def _forget(self) -> None:
        self.dialog = None
        self.rest()

    def _take(self, wanted: list[tuple[int, Who]]) -> None:
        if self.dialog is not None:
            anew = self.dialog.anew.isChecked()
            self._desk.run(take_crew, self._trip, self.dialog.proposal, wanted, anew, on_done=self._took)

    def _took(self, changes: Changes) -> None:
        self._desk.say("已按建议调整队员。", changes.batch)


def _proposed(office: Office, trip: int, anew: bool, *, progress: Progress) -> tuple[int, Proposal]:
    return trip, propose_crew(office, trip, anew=anew, progress=progress)
