"""The store: the only room that knows SQL."""

from zhaoshang_desktop.store.opening import create_office, open_office

__all__ = ["create_office", "open_office"]
