"""A database's catalogs as canonical text, object by object, so that two states of them can be compared.

What is read, and how, is for :mod:`pgassay.pg.catalog.fingerprint`; here is only what it is, and how two
of them differ. No number that the server gives out (oid, attribute number, transaction) is part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

ORDER_OF_COLUMNS = "column order"
"""The one kind of entry that most statements do not depend on."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """One object: its kind (``table``, ``policy``, …), its qualified name, and lines ``aspect: value``."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """All objects, sorted. Two are equal exactly if their ``digest`` is: a SHA-256 in hexadecimal."""

    entries: tuple[Entry, ...]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        found = sha256()
        for each in self.entries:
            found.update("\0".join((each.kind, each.name, each.text, "")).encode("utf-8", "surrogatepass"))
        object.__setattr__(self, "digest", found.hexdigest())

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Difference:
    """An object that is not the same in both: ``before`` and ``after`` are its texts, empty where it is not.

    A changed object's texts hold only the lines that changed, ``(nothing)`` where the other only has more.
    """

    kind: str
    name: str
    before: str = ""
    after: str = ""

    @property
    def subject(self) -> str:
        """The object in words."""
        return f"{self.kind} {self.name}"

    @property
    def change(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"

    @property
    def slight(self) -> bool:
        """Whether only the order of columns differs, which naming columns makes no matter."""
        return self.kind == ORDER_OF_COLUMNS and self.change == "changed"


def fingerprint_of(entries: Iterable[Entry]) -> Fingerprint:
    """Make a fingerprint of entries in any order."""
    return Fingerprint(entries=tuple(sorted(entries)))


def compare(before: Fingerprint, after: Fingerprint) -> tuple[Difference, ...]:
    """Give the objects that differ, by kind and name; nothing where the two are equal."""
    if before.digest == after.digest:
        return ()
    old = {(each.kind, each.name): each.text for each in before.entries}
    new = {(each.kind, each.name): each.text for each in after.entries}
    return tuple(
        _difference(kind, name, old.get((kind, name)), new.get((kind, name)))
        for kind, name in sorted(old.keys() | new.keys())
        if old.get((kind, name)) != new.get((kind, name))
    )


def _difference(kind: str, name: str, before: str | None, after: str | None) -> Difference:
    if before is None or after is None:
        return Difference(kind=kind, name=name, before=before or "", after=after or "")
    old, new = _missing(before, after), _missing(after, before)
    if not (old or new):  # the same lines in another order
        old, new = before, after
    return Difference(kind=kind, name=name, before=old or "(nothing)", after=new or "(nothing)")


def _missing(text: str, other: str) -> str:
    """Give the lines of a text that another does not have."""
    known = set(other.split("\n"))
    return "\n".join(line for line in text.split("\n") if line not in known)
