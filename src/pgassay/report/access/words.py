"""How reports of an access matrix say what they say."""

from pgassay.model.access import Difference, Ground, Reach
from pgassay.model.exits import Exit
from pgassay.report.access.record import AccessRecord
from pgassay.report.words import duration, plural

REACH = {
    Reach.NO: "no",
    Reach.NONE: "none",
    Reach.SOME: "some",
    Reach.ALL: "all",
    Reach.NOT_VERIFIED: "?",
}
LEGEND = (
    "no: no privilege · none: no row · some, all: of the rows tried · ?: not verified · move: an UPDATE that "
    "takes a row out of one's own reach"
)
_GROUND = {
    Ground.COPY: "on a copy",
    Ground.IN_PLACE: "in transactions that were rolled back",
    Ground.READ_ONLY: "on production, reading only",
}


def difference_sentence(found: Difference) -> str:
    """Say what became of a cell."""
    entry = found.entry
    action = entry.action.upper()
    if found.unverified:
        return (
            f"{entry.relation}: what {entry.identity} may {action} is {found.after} now (was: {found.before})"
        )
    verb = "may now" if found.opened else "may no longer"
    if found.opened:
        return (
            f"{entry.relation}: {entry.identity} {verb} {action} {_rows(found.after)} (was: {found.before})"
        )
    return f"{entry.relation}: {entry.identity} {verb} {action} {_rows(found.before)} (now: {found.after})"


def verdict_word(record: AccessRecord) -> str:
    """Give the verdict in one word."""
    match record.verdict.exit:
        case Exit.OK if record.verdict.differences is None and not record.verdict.saved:
            return "TRIED"
        case Exit.OK:
            return "SAVED" if record.verdict.saved else "PASS"
        case Exit.INTERRUPTED:
            return "INTERRUPTED"
        case _:
            return "FAIL"


def verdict_sentence(record: AccessRecord) -> str:
    """Say what was tried and how it compares."""
    verdict = record.verdict
    people = plural(len(record.plan.identities), "identity", "identities")
    tried = f"{plural(len(record.relations), 'relation')} as {people}"
    took = f"{_GROUND[record.plan.ground]} in {duration(record.elapsed_s)}"
    unsure = f", {plural(verdict.not_verified, 'cell')} not verified" if verdict.not_verified else ""
    return f"{tried}, {plural(verdict.verified, 'cell')} tried {took}{unsure}. {_compared(record)}"


def _compared(record: AccessRecord) -> str:
    verdict = record.verdict
    if verdict.saved:
        return f"The baseline is in {verdict.saved}."
    if verdict.differences is None:
        return "There is no baseline to compare with: pgassay access --save"
    if not verdict.differences:
        return f"All as in {verdict.baseline}."
    opened = sum(each.opened for each in verdict.differences)
    return (
        f"{plural(opened, 'cell')} opened and {len(verdict.differences) - opened:,} otherwise changed since "
        f"{verdict.baseline}."
    )


def _rows(reach: Reach) -> str:
    return {Reach.ALL: "all rows", Reach.SOME: "some rows", Reach.NONE: "(no row yet)"}.get(reach, reach)
