"""What attachments hold: contents under their SHA-256, each once, in the office itself.

They lie in a table beside the records, so that encryption, backup and the move to a server carry them
without a second mechanism, and a copied office file is whole. Who copies records elsewhere (a pack, a merge)
copies the blobs of their attachments as well: `Office.blob` gives one, `Transaction.put_blob` takes one.
Nothing counts references: a blob is wanted as long as an attachment names it, in the recycle bin or not, or the
journal could still bring one back; what nobody wants goes only when somebody says so (`Office.clean_blobs`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.store.tables import BATCH, BLOB, JOURNAL, TABLES

CHUNK = 500
_ATTACHMENTS = TABLES[Attachment.NOUN]


@dataclass(frozen=True)
class Held:
    """How many contents there are and how large they are together (bytes), and how much of it nobody wants."""

    count: int
    size: int
    unused: int
    unused_size: int


def hash_of(data: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(data).hexdigest()


def put(connection: Connection, data: bytes) -> str:
    """Stores a content that is not there yet; gives its hash. On a server it stays locked against a clean-up."""
    name = hash_of(data)
    server = connection.dialect.name == "postgresql"
    row = {"hash": name, "size": len(data), "data": data}
    kept = select(BLOB.c.hash).where(BLOB.c.hash == name).with_for_update(read=True, key_share=True)
    while connection.execute(kept).first() is None:
        insert = postgresql.insert if server else sqlite.insert
        connection.execute(insert(BLOB).values(row).on_conflict_do_nothing())
    return name


def get(connection: Connection, name: str) -> bytes | None:
    """The content of that hash; None when it is not here."""
    return connection.execute(select(BLOB.c.data).where(BLOB.c.hash == name)).scalar()


def size_of(connection: Connection, name: str) -> int:
    """How many bytes that content really has; 0 when it is not here."""
    return connection.execute(select(func.length(BLOB.c.data)).where(BLOB.c.hash == name)).scalar() or 0


def held(connection: Connection, since: str) -> Held:
    """What is there, and what of it a clean-up would take that spares what was erased after that stamp."""
    count, size = connection.execute(select(func.count(), func.coalesce(func.sum(BLOB.c.size), 0))).one()
    unused = dict(_unused(connection, since))
    return Held(count, int(size), len(unused), sum(unused.values()))


def clean(connection: Connection, since: str) -> tuple[int, int]:
    """Takes away what nobody wants, but for what was erased after that stamp; gives number and bytes.

    On a server the candidates are locked first, and asked for once more: somebody may just be attaching one.
    """
    count = size = 0
    candidates = sorted(name for name, _ in _unused(connection, since))
    for start in range(0, len(candidates), CHUNK):
        chosen = BLOB.c.hash.in_(candidates[start : start + CHUNK])
        connection.execute(select(BLOB.c.hash).where(chosen).with_for_update()).all()
        gone = connection.execute(delete(BLOB).where(chosen, ~_is_named()).returning(BLOB.c.size)).scalars().all()
        count, size = count + len(gone), size + sum(gone)
    return count, size


def _is_named() -> ColumnElement[bool]:
    return select(_ATTACHMENTS.c.id).where(_ATTACHMENTS.c.sha256 == BLOB.c.hash).exists()


def _unused(connection: Connection, since: str) -> Iterator[tuple[str, int]]:
    loose = connection.execute(select(BLOB.c.hash, BLOB.c.size).where(~_is_named())).all()
    kept = set(_said_since(connection, since)) if loose else set()
    return ((name, size) for name, size in loose if name not in kept)


def _said_since(connection: Connection, since: str) -> Iterable[str]:
    """The hashes that the journal's lines after that stamp name: an undo may still want them."""
    lines = select(JOURNAL.c.changes).join(BATCH, BATCH.c.id == JOURNAL.c.batch)
    for changes in connection.execute(lines.where(JOURNAL.c.noun == Attachment.NOUN, BATCH.c.at >= since)).scalars():
        yield from filter(None, json.loads(changes).get("sha256", ()))


def faults(connection: Connection) -> Iterator[str]:
    """A sentence for each attachment without its content and each content that is not what its name says."""
    known = select(BLOB.c.hash)
    for name in connection.execute(
        select(_ATTACHMENTS.c.name).where(_ATTACHMENTS.c.sha256.not_in(known)).order_by(_ATTACHMENTS.c.id)
    ).scalars():
        yield f"附件“{name}”：内容不在了"
    for name in connection.execute(select(BLOB.c.hash)).scalars().all():
        if hash_of(get(connection, name) or b"") != name:
            yield f"附件的内容 {name[:12]}…：已损坏"
