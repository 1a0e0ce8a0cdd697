"""63-bit keys: 32 bits of seconds since 2020, 16 of device, 15 of counter.

They sort by creation, do not collide between devices, and are the row ids of the search index.
"""

from __future__ import annotations

from datetime import UTC, datetime

EPOCH = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_DEVICE_BITS, _COUNTER_BITS = 16, 15
_COUNTERS = 1 << _COUNTER_BITS
DEVICES = 1 << _DEVICE_BITS
NO_DEVICE = -1
"""Stands for a place that may only look."""


def device_of(key: int) -> int:
    """The device a key was drawn on."""
    return (key >> _COUNTER_BITS) & (DEVICES - 1)


def second_of(key: int) -> int:
    """When a key was drawn, in seconds of Unix; in a great import it runs ahead of the clock."""
    return (key >> (_DEVICE_BITS + _COUNTER_BITS)) + EPOCH


class Keys:
    """Draws keys for one device, each greater than the one before, even when the clock goes back, another device
    of a greater number drew the last one, or more than 32,768 are wanted in a second (the seconds then run ahead
    of the clock)."""

    def __init__(self, device: int, last_key: int) -> None:
        self._device = device
        self._now, self._second = datetime.fromtimestamp(EPOCH, UTC), 0
        self.last = last_key

    def draw(self, now: datetime) -> int:
        """The next key."""
        if now is not self._now:
            self._now, self._second = now, int(now.timestamp()) - EPOCH
        second = self._second
        last_second, last_counter = self.last >> (_DEVICE_BITS + _COUNTER_BITS), self.last & (_COUNTERS - 1)
        if second > last_second:
            counter = 0
        else:
            second, counter = last_second, last_counter + 1
            if counter == _COUNTERS or self._key(second, counter) < self.last:
                second, counter = second + 1, 0
        self.last = self._key(second, counter)
        return self.last

    def _key(self, second: int, counter: int) -> int:
        return (second << _DEVICE_BITS | self._device) << _COUNTER_BITS | counter
