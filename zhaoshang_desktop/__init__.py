"""招商桌面: the desktop program of a county office that finds, visits and lands enterprises."""

__version__ = "0.1.0"
