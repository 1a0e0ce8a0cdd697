"""How a long action says how far it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What an action calls between its steps: what is being done, and how much of how much where it can be counted
    (percent when `total` is 100). What it raises stops the action, which leaves nothing half done behind."""

    def __call__(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say it, or raise to stop."""


def untold(words: str, done: int = 0, total: int = 0) -> None:
    """Nobody asked to be told."""
