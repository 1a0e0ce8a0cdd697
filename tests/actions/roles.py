"""An office on a real PostgreSQL, and a way in for each of its roles."""

from __future__ import annotations

from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import ProgrammingError

from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.actions.rights import put_user, set_up_server
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.store.office import Office


class Server:
    """An office on a server with its three roles, and a way in for each."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self._url = url
        self._stack = stack
        self.owner = new_office(url, name="清岚县")
        self._stack.callback(self.owner.close)
        new_record(self.owner, Investor(name="青禾"))
        set_up_server(self.owner)
        for role in Role:
            put_user(self.owner, self.name(role), role, "qinglan")

    def name(self, role: Role) -> str:
        return f"{role}_{urlsplit(self._url).path[-8:]}"

    def as_(self, role: Role) -> Office:
        parts = urlsplit(self._url)
        office = open_office(f"postgresql://{self.name(role)}@{parts.hostname}:{parts.port}{parts.path}")
        self._stack.callback(office.close)
        return office


def refused(office: Office, statement: str) -> None:
    """The server itself says no."""
    with pytest.raises(ProgrammingError) as caught, office.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert isinstance(caught.value.orig, InsufficientPrivilege), statement
