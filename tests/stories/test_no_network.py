"""The program makes no network calls: what Python does is watched by a hook, what libraries do by the system's tables.

A day's work in processes of their own: import, search, trip papers, backup, the window. Whatever would leave the PC
fails there and then; sockets within the machine that have no port (Qt's and multiprocessing's) are let through.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
WATCH = '''
import os, sys, threading, time

def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        if arguments[0].family == getattr(__import__("socket"), "AF_UNIX", None):
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
                       "urllib.Request", "ftplib.connect", "http.client.connect", "smtplib.connect"):
        return
    with open(os.environ["TOLD"], "a", encoding="utf-8") as told:
        told.write(f"{event} {arguments[1:]!r}\\\\n")
    raise RuntimeError(f"a network call: {event} {arguments[1:]!r}")

def ports():
    """This process's sockets that the system knows under an internet address (Linux)."""
    own = set()
    for handle in os.listdir("/proc/self/fd"):
        try:
            name = os.readlink(f"/proc/self/fd/{handle}")
        except OSError:
            continue
        if name.startswith("socket:["):
            own.add(name[8:-1])
    for table in ("tcp", "tcp6", "udp", "udp6"):
        try:
            lines = open(f"/proc/net/{table}").read().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            if line.split()[9] in own:
                yield f"{table} {line.split()[2]}"

def look():
    while True:
        for found in ports():
            with open(os.environ["TOLD"], "a", encoding="utf-8") as told:
                told.write(f"a socket {found}\\\\n")
        time.sleep(0.01)

sys.addaudithook(watch)
if sys.platform == "linux":
    threading.Thread(target=look, name="network watch", daemon=True).start()
'''
WINDOW = """
import sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from zhaoshang_desktop import app
from zhaoshang_desktop.runtime.settings import Settings

qt = QApplication(["zhaoshang", "-style", "Fusion"])
program = app.Program(qt, Settings(choices={"told": True}))
program.start(sys.argv[1])

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

window = program.window
wait(lambda: window.desk.is_open)
for entry in list(window.tabs):
    page = window.go(entry.key)
    pause(200)
page = window.go("investors")
page.list.search.setText("材料")
pause(500)
window.call("help.about")
window.call("settings")
pause(200)
for widget in qt.topLevelWidgets():
    if widget is not window:
        widget.close()
window.close()
program.end()
print("closed")
"""


pytestmark = pytest.mark.skipif(bool(sys.flags.isolated), reason="an embedded Python loads no sitecustomize")


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """The environment of a process, and of all Python processes that it starts, in which network calls fail."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(WATCH.replace("\\\\n", "\\n"), encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(site), str(HOUSE))),
        "TOLD": str(tmp_path / "told"),
        "ZHAOSHANG_HOME": str(tmp_path / "home"),
        "ZHAOSHANG_PASSPHRASE": "铁桶 青禾 月台 七",
        **({"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else {}),
    }


def run(environment: dict[str, str], *command: object) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=environment,
        cwd=HOUSE,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told(environment: dict[str, str]) -> str:
    file = Path(environment["TOLD"])
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_the_watch_sees_a_network_call(watched: dict[str, str]) -> None:
    call = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", call], env=watched, capture_output=True, encoding="utf-8")
    assert "a network call" in done.stderr
    assert "socket.getaddrinfo" in told(watched)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into Linux's own tables")
def test_the_watch_sees_what_a_library_opens_behind_pythons_back(watched: dict[str, str]) -> None:
    call = "import ctypes, time; c = ctypes.CDLL(None); s = c.socket(2, 1, 0); c.listen(s, 1); time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", call], env=watched, check=True)
    assert "a socket tcp" in told(watched)


def test_a_days_work_makes_no_network_call(watched: dict[str, str], tmp_path: Path) -> None:
    program, folder = ("-m", "zhaoshang_desktop"), tmp_path / "示例"
    run(watched, *program, "demo", "--out", folder, "--no-window")
    office = next(path for path in folder.rglob("*.office") if "备份" not in str(path))
    assert "条" in run(watched, *program, "search", "材料", "--office", office)
    run(watched, *program, "encrypt", "--office", office)
    run(watched, *program, "backup", "--office", office)
    run(watched, *program, "check", "--office", office)
    run(watched, *program, "decrypt", "--office", office)
    assert "closed" in run(watched, "-c", WINDOW, office)
    assert told(watched) == ""
    shutil.rmtree(folder)


def test_nothing_of_the_program_imports_what_calls_out() -> None:
    calling = {
        "http",
        "urllib.request",
        "ftplib",
        "smtplib",
        "imaplib",
        "poplib",
        "telnetlib",
        "xmlrpc",
        "socket",
        "ssl",
    }
    calling |= {"requests", "httpx", "aiohttp", "urllib3", "socketserver", "webbrowser"}
    found = []
    for path in (HOUSE / "zhaoshang_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [
                f"{path.name}: {name}"
                for name in names
                if name in calling or name.partition(".")[0] in calling - {"urllib"}
            ]
            found += [f"{path.name}: {name}" for name in names if name.startswith("PySide6.QtNetwork.QNetwork")]
    assert found == []
