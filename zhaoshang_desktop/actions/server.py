"""The address of an office server, put together from what a person fills in, and tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store import trying
from zhaoshang_desktop.store.trying import Found

PORT = 5432
VERIFIED, ENCRYPTED, CLEAR = "verify-full", "require", "prefer"


@dataclass(frozen=True)
class Address:
    """Where a server is and how to get in; `certificate` is the file with the root certificate, for VERIFIED."""

    host: str
    database: str
    user: str
    password: str = ""
    port: int = PORT
    encryption: str = VERIFIED
    certificate: str = ""

    @property
    def url(self) -> str:
        """As the store takes it."""
        asked: Mapping[str, str] = {"sslmode": self.encryption} | (
            {"sslrootcert": self.certificate} if self.encryption == VERIFIED and self.certificate else {}
        )
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        place = f"{quote(self.user, safe='')}{secret}@{host}:{self.port}"
        return f"postgresql://{place}/{quote(self.database, safe='')}?{urlencode(asked)}"


def read_address(url: str) -> Address:
    """The parts of an address."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    return Address(
        unquote(parts.hostname or ""),
        unquote(parts.path.strip("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.port or PORT,
        asked.get("sslmode", CLEAR),
        asked.get("sslrootcert", ""),
    )


def try_address(address: Address) -> tuple[Found, str]:
    """What is there, and that in words; KnownError says what is wrong and what to do."""
    for value, what in ((address.host, "服务器地址"), (address.database, "数据库"), (address.user, "用户名")):
        if not value.strip():
            raise KnownError(f"还没有填{what}。")
    if "/" in address.host or address.host.count(":") == 1:
        raise KnownError("服务器地址只写名称或 IP，例如 192.168.1.10。", "端口写在右边那一格。")
    found = trying.try_server(address.url)
    secured = f"{found.encryption} 加密" if found.encryption else "没有加密"
    if found.office is not None:
        inside = f"里面是“{found.office}”的办公室。"
    else:
        fit = f"数据库是空的，但{found.unfit}" if found.unfit else "数据库是空的，可以把办公室搬过去。"
        inside = fit if found.empty else "数据库里有别的东西，请换一个空的。"
    return found, f"连上了：PostgreSQL {found.version}，{secured}。{inside}"
