"""A cable to a server that can be cut: by hand, or at the n-th thing that is said to it."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

SIZE = 1 << 16


class Wire:
    """Passes bytes between clients and a server. `cut` ends all connections and lets no other through until `mend`.

    `cut_at` counts what clients send: that part still reaches the server when it is `heard`, its answer never comes.
    `cut_on` waits for words instead; `briefly` is to let whoever comes afterwards through.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._whole = True
        self._left: int | None = None
        self._words = b""
        self._heard = False
        self._briefly = False
        self.said = 0
        self.refused = threading.Semaphore(0)
        """One for each client that came while it was cut."""
        self._threads = [threading.Thread(target=self._accept, name="wire", daemon=True)]
        self._threads[0].start()

    @property
    def is_cut(self) -> bool:
        return not self._whole

    def cut(self, *, briefly: bool = False) -> None:
        """Now."""
        with self._lock:
            self._whole = briefly
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def cut_at(self, part: int, *, heard: bool) -> None:
        """At the n-th part from now that a client sends."""
        self.said, self._left, self._heard = 0, part, heard

    def cut_on(self, words: bytes, *, heard: bool, briefly: bool) -> None:
        """When a client next says these words."""
        self._words, self._heard, self._briefly = words, heard, briefly

    def mend(self) -> None:
        """From now on it is whole."""
        self._left, self._words, self._briefly = None, b"", False
        self._whole = True

    def close(self) -> None:
        """Everything away."""
        self.cut()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if not self._whole:
                client.close()
                self.refused.release()
                continue
            server = socket.create_connection(self._server)
            with self._lock:
                self._open |= {client, server}
            thread = threading.Thread(target=self._pass, args=(client, server), name="wire", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        with selectors.DefaultSelector() as both, client, server:
            both.register(client, selectors.EVENT_READ, server)
            both.register(server, selectors.EVENT_READ, client)
            with contextlib.suppress(OSError):
                while self._whole and all(self._carry(key.fileobj, key.data, client) for key, _ in both.select(1.0)):  # type: ignore[arg-type]
                    pass
        with self._lock:
            self._open -= {client, server}

    def _carry(self, source: socket.socket, goal: socket.socket, client: socket.socket) -> bool:
        data = source.recv(SIZE)
        if data and source is client:
            self.said += 1
            counted = self._left is not None and self.said >= self._left
            if counted or (self._words and self._words in data):
                if self._heard:
                    goal.sendall(data)
                    self._wait_for_answer(goal)
                self._words = b""
                self.cut(briefly=self._briefly)
                return False
        goal.sendall(data)
        return bool(data)

    @staticmethod
    def _wait_for_answer(server: socket.socket) -> None:
        """The server has done what was said once it answers; the answer goes nowhere."""
        server.settimeout(5)
        with contextlib.suppress(OSError):
            server.recv(SIZE)


@contextlib.contextmanager
def wired(url: str) -> Iterator[tuple[Wire, str]]:
    """A wire to that database, and the URL that goes through it."""
    address = urlsplit(url)
    wire = Wire(address.hostname or "127.0.0.1", address.port or 5432)
    try:
        yield wire, url.replace(f":{address.port}/", f":{wire.port}/")
    finally:
        wire.close()
