"""附件: a file or a photo that belongs to a record; its content lies in the store under its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Text, Whole
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

LARGEST = 50 * 1024**2
"""Bytes of one file."""


@dataclass(kw_only=True, slots=True)
class Attachment(Record):
    """One file of one record, whatever its type: `owner_noun` is that record's NOUN, `owner` its key.

    The content is the blob of that `sha256`, shared by all attachments that say the same. When and by
    whom it was put there is the journal's to tell.
    """

    NOUN: ClassVar[str] = "attachment"

    owner_noun: Annotated[str, Spec("所属类别", Text(), required=True)] = ""
    owner: Annotated[int | None, Spec("所属记录", Whole(), required=True)] = None
    name: Annotated[str, Spec("文件名", Text(), required=True, column=1)] = ""
    media_type: Annotated[str, Spec("类型", Text(), column=2, hint="如 image/jpeg")] = ""
    size: Annotated[int | None, Spec("大小", Whole(), column=3, hint="字节")] = None
    sha256: Annotated[str, Spec("内容", Text(), required=True)] = ""
    note: Annotated[str, Spec("说明", Text(), column=4)] = ""
