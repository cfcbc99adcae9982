"""Reads events to their end, for everybody who is to hear of them."""

from collections.abc import Callable, Iterator
from typing import TypeVar

Event = TypeVar("Event")


def tell_all(events: Iterator[Event], *hearers: Callable[[Event], None]) -> None:
    """Tell each event to all, one after the other; who writes it down is to stand first."""
    for event in events:
        for hear in hearers:
            hear(event)
