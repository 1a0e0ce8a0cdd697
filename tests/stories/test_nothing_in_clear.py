"""Of an encrypted office nothing stands in clear on the disk: not while it is used, not after it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SECRET = "铁桶 青禾 月台 七"
FIRM, PERSON, PHONE = "霁岚特种陶瓷有限公司", "闻人霁月", "13812349876"
SESSION = """
import logging, os, sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from zhaoshang_desktop import app
from zhaoshang_desktop.actions.encryption import new_vault
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.brief import briefing_pack
from zhaoshang_desktop.actions.brief import briefing_of
from zhaoshang_desktop.papers.fonts import fonts_of_this_pc
from zhaoshang_desktop.papers.pdf import pdf_bytes
from zhaoshang_desktop.runtime import logs, settings
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.library.saved import keep_view, saved_views

where, secret, firm, person, phone, ending = sys.argv[1:]
logs.start(level=logging.DEBUG)
made = new_vault(secret)
office = new_office(where, name="清岚县", made=made)
with office.transaction(f"新建客商：{firm}") as tx:
    one = tx.save(Investor(name=firm, business="高纯氧化铝" * 50))
    tx.save(Contact(investor=one.id, name=person, mobile=phone))
    trip = tx.save(Trip(name="长三角", start=date(2026, 12, 7), end=date(2026, 12, 9)))
    tx.save(Visit(trip=trip.id, investor=one.id))
try:
    with office.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO investor (nothing) VALUES (?)", (firm,))
except Exception:
    logging.getLogger("session").exception("a transaction failed")
pdf_bytes(briefing_pack(briefing_of(office, trip.id)), fonts_of_this_pc())
office.close()

qt = QApplication(["zhaoshang", "-style", "Fusion"])
chosen = Settings(choices={"told": True})
program = app.Program(qt, chosen)
program.start(where)

def pause(milliseconds):
    # other threads go on meanwhile, as they do not while QTest waits
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def wait(ready):
    for _ in range(600):
        if ready():
            return
        pause(50)
    raise SystemExit("waited in vain")

from zhaoshang_desktop.ui.office.unlocking import UnlockDialog
window = program.window
wait(lambda: window.findChild(UnlockDialog) is not None)
dialog = window.findChild(UnlockDialog)
dialog.form.secret.setText(secret)
dialog.open_.click()
wait(lambda: window.desk.is_open)
page = window.go("investors")
wait(lambda: page.list.model.rowCount() == 1)
page.list.search.setText(firm[:4])
pause(400)
keep_view(window.desk, "investor", page.list.as_view(firm))
assert [view.title for view in saved_views(window.desk, "investor")] == [firm]
page.open_record(one.id)
pause(300)
with window.desk.office.transaction("改") as tx:
    again = tx.get(Investor, one.id)
    again.note = f"{person} {phone}"
    tx.save(again)
try:
    raise ValueError(f"a bug at {person}, {phone}")
except ValueError as error:
    logging.getLogger("session").exception("an action failed")
    program._crashes.report(error)
pause(200)
if ending == "killed":
    print("ready", flush=True)
    sys.stdin.read()
window.call("office.lock")
wait(lambda: not window.desk.is_open)
program.end()
print("closed", flush=True)
os._exit(0)
"""


def in_clear(folder: Path) -> Iterator[str]:
    """The files below a folder in which one of the names can be read, in any coding a program would write."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_relative_to(folder / "cache"):
            data = path.read_bytes()
            for word in (FIRM[:4], PERSON, PHONE):
                spaced = " ".join(word)
                for coded in (word.encode(), word.encode("utf-16-le"), word.encode("gb18030"), spaced.encode()):
                    if coded in data:
                        yield f"{word} in {path.relative_to(folder)}"
            if ascii(FIRM[:4]).strip("'").encode() in data:
                yield f"{FIRM} escaped in {path.relative_to(folder)}"


@pytest.mark.parametrize("ending", ["closed", "killed"])
def test_nothing_of_an_encrypted_office_can_be_read_on_the_disk(tmp_path: Path, ending: str) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "ZHAOSHANG_HOME": str(tmp_path / "home"),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        **({"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else {}),
    }
    where = tmp_path / "局里" / "清岚.office"
    command = [sys.executable, "-c", SESSION, str(where), SECRET, FIRM, PERSON, PHONE, ending]
    with subprocess.Popen(
        command, env=environment, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        if ending == "killed":
            assert process.stdout.readline() == "ready\n"
            assert list(in_clear(tmp_path)) == []
            process.kill()
        out, err = process.communicate()
    if ending == "closed":
        assert out == "closed\n", err
    assert where.stat().st_size > 100_000
    assert list((tmp_path / "home").rglob("*.log")), "the session wrote a log"
    assert list(in_clear(tmp_path)) == []
