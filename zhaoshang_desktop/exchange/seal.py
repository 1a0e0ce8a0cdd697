"""How a sheet that comes back is known as ours: a signed ticket in the book, and a signed mark on every row.

The marks alone suffice (a table copied into a new workbook, or saved as .csv, still has them); they end with a
letter, since Excel counts on what ends with a figure when a row is dragged down.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from zhaoshang_desktop.domain.record import LARGEST_KEY, read_key
from zhaoshang_desktop.runtime.held import refuse_unfit

_SIGNS = 12
_MARK = re.compile(rf"[zZ]([0-9a-fA-F]{{1,16}})-([0-9a-fA-F]{{1,16}})-([a-zA-Z2-7]{{{_SIGNS}}})[kK]")
_MARKED = re.compile(rb"z[0-9a-f]{1,16}-[0-9a-f]{1,16}-[a-z2-7]{12}k")
_GLANCE = 4 << 20
TICKET_SHEET = "zs_ticket"
_TICKET_PURPOSE, _ROW_PURPOSE = "ticket", "row"


@dataclass(frozen=True)
class Ticket:
    """Which office sent it, in which sending, to which of its units; keys as in the store."""

    office: str
    sending: int
    unit: int


@dataclass(frozen=True)
class Mark:
    """Which record of which unit's sheet a row is; `genuine` when its signature is right."""

    unit: int
    record: int
    genuine: bool = True


class Seal:
    """Signs and checks with the secret of an office."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode("ascii")

    def sign(self, purpose: str, text: str) -> str:
        digest = hmac.new(self._secret, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode("ascii").rstrip("=").lower()

    def mark(self, unit: int, record: int) -> str:
        """The text that stands, hidden, in a row."""
        body = f"{unit:x}-{record:x}"
        return f"z{body}-{self.sign(_ROW_PURPOSE, body)[:_SIGNS]}k"

    def read_mark(self, text: str) -> Mark | None:
        """The mark that a cell holds; None when it holds none."""
        found = _MARK.fullmatch(text.strip())
        if found is None:
            return None
        unit, record = int(found[1], 16), int(found[2], 16)
        if max(unit, record) > LARGEST_KEY:
            return None
        signed = self.sign(_ROW_PURPOSE, f"{unit:x}-{record:x}")[:_SIGNS]
        return Mark(unit, record, hmac.compare_digest(signed, found[3].lower()))

    def ticket(self, ticket: Ticket) -> tuple[str, str]:
        """The ticket as text, and its signature."""
        body = {"office": ticket.office, "sending": str(ticket.sending), "unit": str(ticket.unit)}
        text = json.dumps(body, sort_keys=True)
        return text, self.sign(_TICKET_PURPOSE, text)

    def is_genuine(self, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(_TICKET_PURPOSE, text), signature.strip().lower())


def read_ticket(text: str) -> Ticket | None:
    """What a ticket says, whoever signed it; None when it is none."""
    try:
        body = json.loads(text)
        return Ticket(str(body["office"]), read_key(str(body["sending"])), read_key(str(body["unit"])))
    except (ValueError, KeyError, TypeError):
        return None


def looks_sent(path: Path) -> bool:
    """A glance at a file: may it be a sheet that was sent out? Reading it decides.

    The hidden page's name is there to be seen in an .xlsx or .ods package, and in an old .xls in either of its codings.
    """
    try:
        refuse_unfit(path)
        with path.open("rb") as file:
            head = file.read(_GLANCE)
        if head.startswith(b"PK"):
            with zipfile.ZipFile(path) as package:
                names = [name for name in package.namelist() if name in ("xl/workbook.xml", "content.xml")]
                return any(_named(package, name) for name in names)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False
    ascii_, wide = TICKET_SHEET.encode("ascii"), TICKET_SHEET.encode("utf-16-le")
    return ascii_ in head or wide in head or _MARKED.search(head) is not None


def _named(package: zipfile.ZipFile, part: str) -> bool:
    with package.open(part) as stream:
        return TICKET_SHEET.encode("ascii") in stream.read(_GLANCE)
