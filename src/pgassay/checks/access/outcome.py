"""What a server's answer to a try proves.

PostgreSQL asks in this order (execMain.c, nodeModifyTable.c): the privileges before anything is read; the
policies' USING as rows are read; for a new row the BEFORE triggers, then the policies' WITH CHECK, then the
constraints and indexes, last the foreign keys and AFTER triggers. So an error of a constraint proves that
privileges and policies let the row pass; one of a trigger proves nothing, and is tried again without.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pgassay.model.access import Reach
from pgassay.model.message import ServerMessage
from pgassay.pg.reply import Reply


class Outcome(Enum):
    """What became of a try."""

    REACHED = "reached"
    FILTERED = "filtered"
    """No row was there for this identity."""
    REFUSED = "refused"
    """A policy, or a trigger that says so, does not let the new row in."""
    DENIED = "denied"
    """There is no privilege."""
    INAPPLICABLE = "inapplicable"
    """The relation takes nothing of this kind, whoever asks."""
    BLOCKED = "blocked"
    """A trigger or a function failed: without triggers it may be decided."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An outcome; ``note`` has the server's words about what stood in the way, be it behind the policies."""

    outcome: Outcome
    note: str = ""


_BEFORE_POLICIES = frozenset(
    {"ExecEvalConstraintCheck", "domain_check_input", "ExecFindPartition", "ExecPartitionCheckEmitError"}
)
_RAISED = "exec_stmt_raise"
_NOT_FOR_THIS_KIND = frozenset({"55000", "42809"})
_NO_PATIENCE = frozenset({"57014", "55P03"})


def judge(reply: Reply) -> Judged:
    """Say what an answer proves."""
    if reply.error is None:
        count = affected(reply)
        return Judged(outcome=Outcome.FILTERED if count == 0 else Outcome.REACHED)
    return Judged(outcome=_outcome(reply.error), note=reply.error.message)


def affected(reply: Reply) -> int | None:
    """Count the rows that a statement read or wrote; ``None`` where it does not say."""
    word = reply.tag.rpartition(" ")[2]
    return int(word) if word.isdecimal() else None


def _outcome(error: ServerMessage) -> Outcome:
    match error.sqlstate:
        case "42501":
            return _of_privilege(error)
        case "44000":
            return Outcome.REFUSED
        case "0A000" if error.routine == "heap_truncate_check_FKs":
            return Outcome.REACHED
        case state if state in _NOT_FOR_THIS_KIND and not error.context:
            return Outcome.INAPPLICABLE
        case state if state in _NO_PATIENCE:
            return Outcome.UNDECIDED
        case state if state.startswith("23") and not error.context:
            return Outcome.UNDECIDED if error.routine in _BEFORE_POLICIES else Outcome.REACHED
        case _:
            return Outcome.BLOCKED


def _of_privilege(error: ServerMessage) -> Outcome:
    if error.routine == _RAISED:
        return Outcome.REFUSED
    if error.context:
        return Outcome.BLOCKED
    # What policies and views use is looked at before the first row, too: the refusal is for all rows.
    return Outcome.REFUSED if error.routine == "ExecWithCheckOptions" else Outcome.DENIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What several tries add up to."""

    reach: Reach
    reached: int
    tried: int
    reason: str = ""


def add_up(judged: Sequence[Judged]) -> Tally:
    """Fold what became of one action on several rows."""
    reached = sum(each.outcome is Outcome.REACHED for each in judged)
    refused = sum(each.outcome in (Outcome.FILTERED, Outcome.REFUSED) for each in judged)
    return Tally(
        reach=_reach(judged, reached, refused),
        reached=reached,
        tried=len(judged),
        reason="; ".join(dict.fromkeys(each.note for each in judged if each.note)),
    )


def _reach(judged: Sequence[Judged], reached: int, refused: int) -> Reach:
    outcomes = {each.outcome for each in judged}
    if Outcome.DENIED in outcomes or outcomes == {Outcome.INAPPLICABLE}:
        return Reach.NO
    if reached and refused:
        return Reach.SOME
    if not judged or outcomes & {Outcome.BLOCKED, Outcome.UNDECIDED}:
        return Reach.NOT_VERIFIED
    return Reach.ALL if reached else Reach.NONE
