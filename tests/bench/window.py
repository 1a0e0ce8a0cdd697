"""From process start to the first picture, against an empty window; from a keystroke to rows on the model."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from tests.bench.measures import measure
from tests.bench.search import fill, plain_page, words_to_type
from zhaoshang_desktop.app import dress
from zhaoshang_desktop.runtime.collector import keep_what_is_there
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.worker import Worker

RUNS = 7
KEYSTROKES = 5
WORDS = ("青", "海", "材料", "华岳", "江苏无锡", "生物医药", "青岛青禾", "qh", "xcl", "jswx", "qinghe", "haier", "wuxi")
EMPTY = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = """
import os
from PySide6.QtWidgets import QApplication
from zhaoshang_desktop import app
from zhaoshang_desktop.runtime.settings import Settings

qt = QApplication(["zhaoshang", "-style", "Fusion"])
program = app.Program(qt, Settings())
program.window.painted.disconnect()
program.window.painted.connect(lambda: os._exit(0))
program.window.show()
qt.exec()
"""


@measure("window.first_picture_to_empty", bar=2.5)
@measure("window.first_picture_ms", unit="ms")
@measure("window.empty_ms", unit="ms")
def first_picture() -> dict[str, float]:
    """Whole processes in turns, each median of its runs; both with their bytecode already on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**_screenless(), "ZHAOSHANG_HOME": folder, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times: dict[str, list[float]] = {EMPTY: [], OURS: []}
        for run in range(RUNS + 1):
            for script, taken in times.items():
                start = time.perf_counter()
                subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True)
                if run:
                    taken.append((time.perf_counter() - start) * 1000)
    empty, ours = statistics.median(times[EMPTY]), statistics.median(times[OURS])
    return {"window.first_picture_to_empty": ours / empty, "window.first_picture_ms": ours, "window.empty_ms": empty}


@measure("window.first_rows_ms_100k", bar=1000, unit="ms")
@measure("search.keystroke_p99_ms_100k", bar=16, unit="ms")
@measure("search.keystroke_median_ms_100k", unit="ms")
@measure("search.keystroke_plain_sqlite_ms_100k", unit="ms")
def keystroke() -> dict[str, float]:
    """Words of one, two and four characters, initials and pinyin, letter by letter and pasted, into the search box."""
    os.environ.update(_screenless())
    app = QApplication.instance() or QApplication(["zhaoshang", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.office"
        office = create_office(file, name="清岚县投资促进局")
        fill(office)
        settings = Settings()
        dress(app, settings)
        with window_on(office, settings) as (page, first):
            texts = [text for word in WORDS for text in beginnings(word)] + words_to_type()
            times = sorted(typed(page, text) for _ in range(KEYSTROKES) for text in texts)
        office.close()
        plain = plain_sqlite(file, texts)
    return {
        "window.first_rows_ms_100k": first,
        "search.keystroke_p99_ms_100k": times[int(len(times) * 0.99)],
        "search.keystroke_median_ms_100k": statistics.median(times),
        "search.keystroke_plain_sqlite_ms_100k": plain,
    }


def beginnings(word: str) -> Iterator[str]:
    """What stands in the box after each keystroke."""
    for length in range(1, len(word) + 1):
        yield word[:length]


@contextmanager
def window_on(office: Office, settings: Settings) -> Iterator[tuple[LibraryPage, float]]:
    """The library on that office with its threads, and how long the first rows took, in ms."""
    window = MainWindow(settings)
    window.ready.connect(keep_what_is_there)
    window.resize(1366, 768)
    window.show()
    window.finish()
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    start = time.perf_counter()
    wait(page.list.model.loaded, lambda: window.set_office(office, Worker(office), Reader(office)))
    first = (time.perf_counter() - start) * 1000
    wait(page.list.model.completed, lambda: None)
    yield page, first
    window.close()


def typed(page: LibraryPage, text: str) -> float:
    """From the keystroke to its rows on the model, in ms (what is painted then is not waited for, though the loop
    may end only after it); then a pause as between two keystrokes."""
    there: list[float] = []

    def stamp() -> None:
        there.append(time.perf_counter())

    page.list.model.loaded.connect(stamp)
    start = time.perf_counter()
    wait(page.list.model.loaded, lambda: page.list.search.setText(text))
    page.list.model.loaded.disconnect(stamp)
    pause(60)
    return (there[0] - start) * 1000


def wait(signal: SignalInstance, begin: Callable[[], object]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    begin()
    loop.exec()
    signal.disconnect(loop.quit)


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def plain_sqlite(file: Path, texts: Sequence[str]) -> float:
    """The same rows of the same index by the standard library alone; median in ms."""
    connection = sqlite3.connect(file)
    times = []
    for text in texts:
        start = time.perf_counter()
        plain_page(connection, text)
        times.append((time.perf_counter() - start) * 1000)
    connection.close()
    return statistics.median(times)


def _screenless() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else dict(os.environ)
