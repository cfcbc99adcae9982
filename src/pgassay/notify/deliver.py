"""Addresses notices, and delivers letters through the channel of each."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Protocol, cast

from pgassay.model.notice import Address, Delivery, Letter, Notice
from pgassay.notify import channels
from pgassay.notify.settings import NotifySettings
from pgassay.notify.undelivered import Undelivered


class Channel(Protocol):
    """What a module in ``channels`` offers."""

    def receivers(self, settings: NotifySettings) -> tuple[str, ...]:
        """Give the receivers that are configured."""

    def send(self, notice: Notice, receiver: str, settings: NotifySettings) -> None:
        """Tell one of them."""


@cache
def known_channels() -> dict[str, Channel]:
    """Give all channels by their names."""
    return {
        each.name: cast(Channel, import_module(f"{channels.__name__}.{each.name}"))
        for each in pkgutil.iter_modules(channels.__path__)
    }


def addresses(settings: NotifySettings) -> tuple[Address, ...]:
    """Give everybody who is told."""
    return tuple(
        Address(channel=name, value=value, digest=sha256(value.encode()).hexdigest()[:12])
        for name, channel in known_channels().items()
        for value in channel.receivers(settings)
    )


def deliver(
    letters: Iterable[Letter], settings: NotifySettings, clock: Callable[[], datetime]
) -> Iterator[Delivery]:
    """Deliver letters one after the other, and say what became of each."""
    known = {(each.channel, each.digest): each for each in addresses(settings)}
    for letter in letters:
        address = known.get((letter.channel, letter.digest))
        if address is None:
            gone = "This receiver is not configured any more."
            yield Delivery(letter=letter, at=clock(), problem=gone, final=True)
            continue
        try:
            known_channels()[address.channel].send(_marked(letter), address.value, settings)
        except Undelivered as error:
            yield Delivery(
                letter=letter,
                at=clock(),
                problem=error.sentence.replace(address.value, "***"),
                final=error.final,
                wait_s=error.wait_s,
            )
        else:
            yield Delivery(letter=letter, at=clock())


def _marked(letter: Letter) -> Notice:
    """Say so where a receiver may see the same twice: we were killed while we sent it the last time."""
    notice = letter.notice
    if not letter.repeated:
        return notice
    return Notice(
        key=notice.key,
        urgency=notice.urgency,
        title=notice.title,
        text=f"{notice.text}\n\n(This may be a repetition.)".strip(),
        facts=notice.facts,
        command=notice.command,
    )
