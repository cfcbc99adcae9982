"""Whom our files made wait, so that nobody is made to wait by one file after the other.

Whoever waited behind a file goes on when that ends, and wants something else: if the next file has just taken
that, it waits again. So the next file begins when the transaction that waited is over; one that goes on for
long is waited for only once. Its time begins when it is first waited for: how long it was in vain behind the
file before says nothing of how long it needs now.
"""

from pgassay.suite.safety.conditions import Ask

_LONGEST_S = 2.0


class Delayed:
    """The transactions that have waited, by their virtual ids, which no two that are open share."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._until: dict[str, float | None] = {}

    def note(self, transaction: str) -> None:
        """Take note of one that waits."""
        self._until.setdefault(transaction, None)

    def look(self) -> None:
        """Forget those that are over."""
        if self._until:
            found = {transaction for (transaction,) in self._ask("still_open", transactions=[*self._until])}
            self._until = {each: until for each, until in self._until.items() if each in found}

    def due(self, moment: float) -> bool:
        """Whether one of them is to be waited for; ``moment`` is now, on the monotonic clock."""
        latest = moment + _LONGEST_S
        known = {each: latest if until is None else until for each, until in self._until.items()}
        self._until = {**known}
        return any(moment < until for until in known.values())
