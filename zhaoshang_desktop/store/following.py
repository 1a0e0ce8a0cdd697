"""What others write, told within a second: windows on other PCs, a second window or the command line on one file.

A thread with a connection of its own waits for it: on a server for its NOTIFY, in a file for another number under
`PRAGMA data_version`. What was written then stands in the journal; nothing is told that is not committed. The
same thread notices that the server has gone, looks for it at growing intervals, and tells what was missed.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, select, text

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store import derived
from zhaoshang_desktop.store.engine import driver_sentences, reading, sentences
from zhaoshang_desktop.store.tables import JOURNAL

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

CHANNEL = "zhaoshang"
LOOK_SECONDS = 0.4
BEAT_SECONDS = 5.0
"""After so long without news the server is asked for a sign of life."""
PATIENCE = 2.0
"""So long the end waits for the thread, which may itself be waiting for a server that is gone."""
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)

_LINES = select(JOURNAL.c.seq, JOURNAL.c.batch, JOURNAL.c.noun, JOURNAL.c.record)
log = logging.getLogger(__name__)


class Following:
    """Calls `told` with the Changes of each commit that this office has not made itself, `lost` with a KnownError
    when the store is out of reach, `back` when it answers again: all on its own thread."""

    def __init__(
        self,
        office: Office,
        told: Callable[[Changes], object],
        lost: Callable[[KnownError], object] | None = None,
        back: Callable[[], object] | None = None,
    ) -> None:
        self._office = office
        self._told, self._lost, self._back = told, lost, back
        self._over = threading.Event()
        self._last = office.latest()
        self._thread = threading.Thread(target=self._work, name="office follower", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; nothing is told any more."""
        self._over.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(PATIENCE)

    def _work(self) -> None:
        tries = 0
        while not self._over.is_set():
            try:
                with _watch(self._office, self._over) as watch:
                    if tries and self._back is not None:
                        self._back()
                    tries = 0
                    self._tell(watch)
                    while not self._over.is_set():
                        if watch.look():
                            self._tell(watch)
            except KnownError as error:
                if not tries and self._lost is not None and not self._over.is_set():
                    self._lost(error)
                self._over.wait(WAITS[min(tries, len(WAITS) - 1)])
                tries += 1
            except Exception:
                log.exception("Following the office failed")
                return

    def _tell(self, watch: _Server | _File) -> None:
        with watch.reading() as connection:
            changes, self._last = changes_after(connection, self._last, self._office.own)
        if changes and not self._over.is_set():
            self._told(changes)


def changes_after(connection: Connection, line: int, own: set[int]) -> tuple[Changes, int]:
    """What the journal's lines after that one changed, with what is derived from it, and the number of the last;
    lines of the batches in `own` are passed over."""
    rows = connection.execute(_LINES.where(JOURNAL.c.seq > line)).all()
    last = max((row.seq for row in rows), default=line)
    return _changes(connection, [row for row in rows if row.batch not in own]), last


def changes_of(connection: Connection, batch: int) -> Changes:
    """What a batch changed, with what is derived from it."""
    return _changes(connection, connection.execute(_LINES.where(JOURNAL.c.batch == batch)).all())


def _changes(connection: Connection, lines: Sequence[Any]) -> Changes:
    found: dict[str, set[int]] = {}
    for line in lines:
        found.setdefault(line.noun, set()).add(line.record)
    for noun, keys in derived.depending(connection, found).items():
        found.setdefault(noun, set()).update(keys)
    return Changes(
        max((line.batch for line in lines), default=0), {noun: frozenset(keys) for noun, keys in found.items()}
    )


@contextlib.contextmanager
def _watch(office: Office, over: threading.Event) -> Iterator[_Server | _File]:
    watch = _Server(office.engine) if office.engine.dialect.name == "postgresql" else _File(office.engine, over)
    try:
        yield watch
    finally:
        watch.close()


class _File:
    """SQLite counts the commits of others under `data_version`; whoever sets `over` is not kept waiting."""

    def __init__(self, engine: Engine, over: threading.Event) -> None:
        self._engine, self._over = engine, over
        with driver_sentences():
            self._connection = engine.raw_connection()
            self._driver: Any = self._connection.driver_connection
            self._connection.detach()
            self._seen = self._version()

    def look(self) -> bool:
        """Waits a moment, and says whether somebody may have written meanwhile."""
        self._over.wait(LOOK_SECONDS)
        with driver_sentences():
            version = self._version()
        changed = version != self._seen
        self._seen = version
        return changed

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        return reading(self._engine)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._connection.close()

    def _version(self) -> int:
        found: int = self._driver.execute("PRAGMA data_version").fetchone()[0]
        return found


class _Server:
    """PostgreSQL sends a word with each commit that writes to the journal. The connection that hears it also reads
    what was written, without a transaction: one question to the server where another would take four. What is heard
    meanwhile the driver keeps for the next look."""

    def __init__(self, engine: Engine) -> None:
        with sentences():
            self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._driver: Any = self._connection.connection.driver_connection
            self._connection.detach()
        with driver_sentences():
            self._driver.execute(f"LISTEN {CHANNEL}")  # type: ignore[union-attr]
        self._heard = time.monotonic()

    def look(self) -> bool:
        """Waits a moment, and says whether somebody may have written meanwhile."""
        with driver_sentences():
            heard = bool(list(self._driver.notifies(timeout=LOOK_SECONDS, stop_after=1)))
            if heard:
                self._heard = time.monotonic()
            elif time.monotonic() - self._heard > BEAT_SECONDS:
                self._driver.execute("SELECT 1")
                self._heard = time.monotonic()
        return heard

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        with sentences():
            yield self._connection

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._connection.close()


def notify(connection: Connection) -> None:
    """At the commit others are told."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {CHANNEL}"))
