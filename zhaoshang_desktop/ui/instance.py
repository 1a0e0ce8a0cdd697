"""One window for each office on this PC: a second start brings the first window to the front."""

from __future__ import annotations

from binascii import crc32
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

KNOCK_MS = 500


def same_office(one: str, other: str) -> bool:
    """Do both name the same office?"""
    return _place(one) == _place(other)


def _place(where: str) -> str:
    return str(Path(where).resolve()) if "://" not in where else where


class OneInstance(QObject):
    """`knocked` when the same office was started once more."""

    knocked = Signal()

    def __init__(self, where: str, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"zhaoshang-{crc32(_place(where).encode()):08x}"
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Become the one; False when another process is. Where the folder cannot be written everyone is."""
        return self._lock.tryLock(0) or self._lock.error() == QLockFile.LockError.PermissionError

    def listen(self) -> None:
        """Hear others knock."""
        from PySide6.QtNetwork import QLocalServer  # after the first picture

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)

    def knock(self) -> bool:
        """Bring the other one's window to the front; False when nobody answers."""
        from PySide6.QtNetwork import QLocalSocket  # only in a second start

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(KNOCK_MS)
        socket.disconnectFromServer()
        return bool(answered)

    def release(self) -> None:
        """Another office is being opened, or the program ends."""
        server = getattr(self, "_server", None)
        if server is not None:
            server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
        self.knocked.emit()
