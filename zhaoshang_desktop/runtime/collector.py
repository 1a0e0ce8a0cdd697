"""Python's collector of cycles, out of the way while very many values are made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def many_values() -> Iterator[None]:
    """For work that makes a million values and no cycles: the collector would walk them all, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def many_kept_values() -> Iterator[None]:
    """The same for values that stay for a while: the collector leaves them alone afterwards, too, until `look_once`."""
    with many_values():
        try:
            yield
        finally:
            gc.freeze()


def keep_what_is_there() -> None:
    """What start-up has made stays to the end: the collector need not walk it all in the middle of a keystroke."""
    gc.freeze()


def look_once() -> None:
    """What is kept is looked at once, here and now, so that what nobody needs goes; the rest is kept again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
