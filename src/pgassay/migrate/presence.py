"""Whether what scripts promise is there: each object looked up in the catalogs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pgassay.migrate.promises import Promise, promises_made
from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement
from pgassay.model.fingerprint import Fingerprint

_PART = re.compile(r'"((?:[^"]|"")*)"|([^".(]+)')


class Present:
    """What there is, found by the last part of its name."""

    def __init__(self, catalogs: Fingerprint) -> None:
        self._by_last: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
        for each in catalogs.entries:
            parts = _parts(each.name)
            self._by_last.setdefault(parts[-1], []).append((each.kind, parts, each.text))

    def trouble(self, promise: Promise) -> str:
        """Say in what a promise is not kept; empty where it is."""
        wanted = tuple(each for each in promise.parts if each)
        texts = [
            text
            for kind, parts, text in self._by_last.get(wanted[-1], ())
            if kind in promise.kinds and parts[-len(wanted) :] == wanted
        ]
        if not texts:
            return "is not there"
        if promise.kinds == ("index",) and all("valid: no" in each.split("\n") for each in texts):
            return "is invalid"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What came of looking: how many promises are kept, and a sentence for each that is broken.

    What was taken away again is neither.
    """

    kept: int
    broken: tuple[str, ...]


def look_up(script: Script, present: Present, later: Iterable[Statement] = ()) -> LookedUp:
    """Look up what a script makes; ``later`` are the statements of scripts that were sent behind it."""
    behind, kept, broken = tuple(later), 0, []
    for promise in promises_made(script):
        trouble = present.trouble(promise)
        if not trouble:
            kept += 1
        elif not promise.taken_away(script, behind):
            broken.append(f"{promise.statement.place}: the {promise.sentence} {trouble}")
    return LookedUp(kept=kept, broken=tuple(broken))


def broken_promises(script: Script, catalogs: Fingerprint) -> tuple[str, ...]:
    """Give the objects that a script makes and that are not there, or are there and invalid."""
    return look_up(script, Present(catalogs)).broken


def _parts(name: str) -> tuple[str, ...]:
    """Take a name of a fingerprint apart as the server quotes it; the arguments of a function go."""
    found, at = [], 0
    while part := _PART.match(name, at):
        found.append(part[1].replace('""', '"') if part[2] is None else part[2])
        at = part.end()
        if name[at : at + 1] != ".":
            break
        at += 1
    return tuple(found) or (name,)
