"""Who may what: three roles, by rising power, and what each of them may do.

On a server the database enforces it. On a plain file it guards against mistakes: whoever has the file and other
programs can read and change it; encryption is what keeps a file from strangers.
"""

from __future__ import annotations

from enum import StrEnum

from zhaoshang_desktop.domain.errors import KnownError


class Role(StrEnum):
    """What somebody is in an office."""

    LEADER = "leader"
    CLERK = "clerk"
    ADMIN = "admin"


class Right(StrEnum):
    """What can be allowed."""

    WRITE = "write"
    ERASE = "erase"
    SETTINGS = "settings"
    STANDARDS = "standards"
    USERS = "users"
    REOPEN = "reopen"


ROLE_TITLES = {Role.LEADER: "领导（只读）", Role.CLERK: "专员（可写）", Role.ADMIN: "管理员"}
ROLE_WORDS = {
    Role.LEADER: "看、查、打印、导出，不能修改",
    Role.CLERK: "还能新建、修改、导入、移到回收站",
    Role.ADMIN: "还能清除、恢复备份、改设置和标准、管用户",
}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEADER: frozenset(),
    Role.CLERK: frozenset({Right.WRITE}),
    Role.ADMIN: frozenset(Right),
}
_WHAT = {
    Right.WRITE: "修改",
    Right.ERASE: "清除",
    Right.SETTINGS: "恢复备份、搬办公室、改设置",
    Right.STANDARDS: "改标准与参数",
    Right.USERS: "管理用户",
    Right.REOPEN: "重新启用搬走的办公室",
}
STANDARDS = (
    "allowance",
    "lodging_limit",
    "seat_rule",
    "calendar_day",
    "rate",
    "travel_rule",
    "target_rule",
    "follow_rule",
    "fair_rule",
    "reception_rule",
)
"""The records that are the office's own rules and limits: an admin's to change."""


def needed_for(noun: str) -> Right:
    """What changing records of that type takes."""
    return Right.STANDARDS if noun in STANDARDS else Right.WRITE


class NotAllowed(KnownError):
    """Somebody's role does not go so far."""


class MovedAway(NotAllowed):
    """The office is elsewhere now: when and where, in words."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"这个办公室已于 {words}，这里只能看，什么都没有改动。",
            "请打开新的那个；确实还要在这里改，请管理员用“文件 › 重新启用搬走的办公室”。",
        )
        self.words = words


def may(role: Role | None, right: Right) -> bool:
    """Whether a role has that right; without users (None) everybody has every one."""
    return role is None or right in RIGHTS[role]


def refusal(role: Role, right: Right) -> NotAllowed:
    """The sentence for what was not allowed."""
    return NotAllowed(f"您登录的身份是{ROLE_TITLES[role]}，不能{_WHAT[right]}，什么都没有改动。", "需要时请找管理员。")
