"""Decides from what was seen what may be claimed of a file, and what must be held against it. Pure.

A claim is verified only by what the server said. What could not be looked at is not verified, and then
the file is not green either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pgassay.model.evidence import Claim, FileEvidence, SequenceMove, Standing
from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.suite.safety.leftovers import Outside
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.surface import Surface
from pgassay.suite.safety.transaction import Inside, Opened
from pgassay.suite.safety.watch import Watch

_GRACE_MS = 100
"""What seeing and stopping may add to the patience."""
_LOCKS = "it locked nobody's objects"
_WAITS = "nobody waited longer than"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that is known of one attempt at a file when it is over.

    ``lifted`` are limits that the file loosened. ``blind`` says why the watchdog saw nothing.
    """

    path: str
    attempt: int
    at: datetime
    opened: Opened
    inside: Inside
    outside: Outside
    before: Surface
    after: Surface
    watch: Watch
    lifted: tuple[str, ...] = ()
    blind: str = ""


def evidence_of(seen: Seen, policy: Policy) -> FileEvidence:
    """Give the evidence, not yet linked to what comes before it."""
    claims = (
        _rolled_back(seen),
        _nothing_held(seen),
        _catalogs(seen),
        _limits(seen),
        _locks(seen, policy),
        _nobody_waited(seen, policy),
        *((_nothing_written(seen),) if policy.read_only else ()),
    )
    return FileEvidence(
        path=seen.path,
        attempt=seen.attempt,
        at=seen.at.isoformat(),
        backend_pid=seen.opened.pid,
        transaction=seen.opened.transaction,
        status=seen.outside.status,
        claims=claims,
        relations=seen.inside.relations,
        functions=seen.inside.functions or (),
        sequences=_moves(seen),
        changed_by_others=_changed(seen) if seen.outside.status == "aborted" else (),
        waits=tuple(sorted(seen.watch.waits.values(), key=lambda wait: (-wait.waited_ms, wait.pid))),
    )


def held_against(evidence: FileEvidence, *, told: bool) -> Iterator[Problem]:
    """Give a problem for each claim that does not stand.

    ``told``: the file was stopped for what it did to others, and that is not said again.
    """
    for each in evidence.claims:
        if each.standing is Standing.VIOLATED and told and each.name.startswith((_LOCKS, _WAITS)):
            continue
        if each.standing is not Standing.VERIFIED:
            violated = each.standing is Standing.VIOLATED
            trouble = Trouble.LEFT_TRACES if violated else Trouble.NOT_VERIFIED
            word = "does not hold" if violated else "is not verified"
            message = f"The claim “{each.name}” {word}: {each.detail}."
            yield Problem(trouble=trouble, message=message, place=Place(path=evidence.path, line=1))


def _rolled_back(seen: Seen) -> Claim:
    name, number = "its transaction was rolled back", seen.opened.transaction
    if seen.inside.escaped:
        return _violated(name, "the file ended the transaction that was around it")
    if seen.outside.unseen or not seen.outside.status:
        why = seen.outside.unseen or "the server does not remember it"
        return _unverified(name, f"what became of transaction {number} is not known, because {why}")
    found = f"transaction {number} is {seen.outside.status}"
    return _verified(name, found) if seen.outside.status == "aborted" else _violated(name, found)


def _nothing_held(seen: Seen) -> Claim:
    name = "its session held nothing"
    if seen.outside.unseen:
        return _unverified(name, seen.outside.unseen)
    counts = ((seen.outside.advisory, "advisory locks"), (seen.outside.prepared, "prepared transactions"))
    left = ", ".join(f"{number} {what}" for number, what in counts if number)
    return _violated(name, f"left over: {left}") if left else _verified(name, "no lock and no transaction")


def _catalogs(seen: Seen) -> Claim:
    name = "it changed no object"
    unseen = seen.before.unseen or seen.after.unseen
    if unseen:
        return _unverified(name, unseen)
    changed = ", ".join(_changed(seen))
    if not changed:
        return _verified(name, "the catalogs are as they were")
    if seen.outside.status == "aborted" and not seen.inside.escaped:
        return _verified(name, f"others changed {changed} meanwhile; its own transaction is aborted")
    return _unverified(name, f"{changed} changed meanwhile, and who did is not known")


def _limits(seen: Seen) -> Claim:
    name = "its limits held"
    if seen.lifted:
        return _violated(name, f"the file loosened {', '.join(seen.lifted)}")
    if seen.inside.unseen:
        return _unverified(name, seen.inside.unseen)
    return _verified(name, "no look found one that was not as it had been set")


def _locks(seen: Seen, policy: Policy) -> Claim:
    name = _LOCKS
    if seen.blind:
        return _unverified(name, seen.blind)
    found = ", ".join(f"{relation} in {mode}" for relation, mode in sorted(seen.watch.strong.items()))
    if not found:
        return _verified(name, "no look found a lock beyond those of reading and writing rows")
    return (
        _verified(name, f"allowed: {found}")
        if policy.settings.allows("strong_locks")
        else _violated(name, found)
    )


def _nobody_waited(seen: Seen, policy: Policy) -> Claim:
    patience = policy.settings.patience_ms
    name = f"{_WAITS} {patience} ms for it"
    if seen.blind:
        return _unverified(name, seen.blind)
    longest = max((each.waited_ms for each in seen.watch.waits.values()), default=0)
    if longest > patience + _GRACE_MS:
        return _violated(name, f"somebody waited {longest} ms")
    missed = seen.watch.longest_gap_ms
    if missed > patience + _GRACE_MS:
        return _unverified(name, f"for {missed} ms the watchdog did not come to look")
    return _verified(name, f"the longest wait seen was {longest} ms, and none of over {missed} ms was missed")


def _nothing_written(seen: Seen) -> Claim:
    name = "it wrote no row"
    if seen.inside.unseen:
        return _unverified(name, seen.inside.unseen)
    written = [each.name for each in seen.inside.relations if each.inserted or each.updated or each.deleted]
    return _violated(name, f"it wrote to {', '.join(written)}") if written else _verified(name, "none was")


def _changed(seen: Seen) -> tuple[str, ...]:
    names = sorted({*seen.before.catalogs, *seen.after.catalogs})
    return tuple(each for each in names if seen.before.catalogs.get(each) != seen.after.catalogs.get(each))


def _moves(seen: Seen) -> tuple[SequenceMove, ...]:
    """Give those that moved, and those of which the role may not see whether they did."""
    before, after = seen.before.sequences, seen.after.sequences
    return tuple(
        SequenceMove(name=name, before=before.get(oid), after=after.get(oid))
        for oid, name in seen.inside.sequences
        if oid not in after or before.get(oid) != after[oid]
    )


def _verified(name: str, detail: str) -> Claim:
    return Claim(name=name, standing=Standing.VERIFIED, detail=detail)


def _violated(name: str, detail: str) -> Claim:
    return Claim(name=name, standing=Standing.VIOLATED, detail=detail)


def _unverified(name: str, detail: str) -> Claim:
    return Claim(name=name, standing=Standing.NOT_VERIFIED, detail=detail)
