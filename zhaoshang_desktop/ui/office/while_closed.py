"""Something that is done to an office file while this program does not have it open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class WhileClosed:
    """`work` runs in the background between closing and opening again, given `progress`, which also stops it; `words`
    say what goes on, `said` what was done (or `report` says it, given what `work` returned). `key` is that of the file
    afterwards."""

    words: str
    work: Callable[..., Any]
    said: str = ""
    report: Callable[[Any], Any] | None = None
    key: bytes | Literal["same"] | None = field(default="same", repr=False)

    def told(self, result: Any) -> Any:
        """What is said when it is done: a sentence, or what has a dialog of its own."""
        return self.report(result) if self.report is not None else self.said


def opening_again(where: str) -> WhileClosed:
    """For an office that could only be looked at when it was opened: whether it can be written by now."""

    def work(**_progress: Any) -> None:
        from zhaoshang_desktop.store.opening import refuse_still  # the store, on its own thread

        refuse_still(Path(where))

    return WhileClosed("正在重新打开", work, said="已重新打开，可以修改了。")
