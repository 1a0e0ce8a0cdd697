"""Leaving an office: for another one, for its file to be worked on, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhaoshang_desktop.ui import asking

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.main_window import MainWindow


def may_leave(window: MainWindow) -> bool:
    """Whether the office can be left: what was typed is saved, and nothing is going on or waits to be sent, or the
    clerk gives it up."""
    worker = window.desk.worker
    if not all(page.leave() for page in window.stack):
        return False
    if worker.stoppable:
        going_on = f"{window.status.work or '还有事情没有做完'}。现在离开就停下，什么都不会改。"
        if not asking.confirm(window, going_on, "停下"):
            return False
        worker.cancel()
    waiting = len(worker.outbox)
    question = f"还有 {waiting} 处修改没有送到服务器，现在离开它们就没有了。可以等连上服务器再走。"
    return not waiting or asking.confirm(window, question, "放弃这些修改")
