"""The closing block of a run that is safe on production: what it left behind, and where the proof is."""

from pgassay.model.evidence import FileEvidence, RunEvidence, Standing, standing_of
from pgassay.report.layout import Line, Span, Style, line
from pgassay.report.record import RunRecord
from pgassay.report.words import plural, visible

_MOST = 5
_INDENT = "  "


def evidence_lines(record: RunRecord) -> list[Line]:
    """Sum the evidence up; nothing for a run that has none."""
    closing = record.finished.evidence if record.finished is not None else None
    found = [each.evidence for each in (*record.results, *record.retried) if each.evidence is not None]
    if closing is None:
        return []
    shown = [line(Span("Left behind", Style.BOLD)), _verdict(found, closing)]
    shown += [line(_INDENT, text, hang=4) for text in (*_sequences(found), _waits(found))]
    shown += _doubts([*found, closing])
    proof = f"evidence {closing.sha256[:16]}…  pgassay evidence {closing.run[:8]}"
    return [*shown, line(_INDENT, Span(proof, Style.DIM), hang=4)]


def _verdict(found: list[FileEvidence], closing: RunEvidence) -> Line:
    pieces: list[FileEvidence | RunEvidence] = [*found, closing]
    bad = [each for each in pieces if standing_of(each) is not Standing.VERIFIED]
    if not bad:
        count = plural(len(found), "transaction")
        return line(_INDENT, Span("nothing", Style.GOOD_BOLD), f": {count} rolled back and examined", hang=4)
    violated = any(standing_of(each) is Standing.VIOLATED for each in bad)
    word, style = ("traces", Style.BAD_BOLD) if violated else ("not verified", Style.WARN_BOLD)
    return line(_INDENT, Span(word, style), f": see below for {len(bad)} of {len(found) + 1}", hang=4)


def _sequences(found: list[FileEvidence]) -> list[str]:
    names = sorted({move.name for each in found for move in each.sequences})
    if not names:
        return []
    more = f", and {len(names) - _MOST} more" if len(names) > _MOST else ""
    verb = "has" if len(names) == 1 else "have"
    return [
        f"{plural(len(names), 'sequence')} {verb} advanced, which no rollback undoes: "
        f"{visible(', '.join(names[:_MOST]))}{more}"
    ]


def _waits(found: list[FileEvidence]) -> str:
    longest = max((each.longest_wait_ms for each in found), default=0)
    return f"the longest that anybody waited for a test: {longest} ms"


def _doubts(pieces: list[FileEvidence | RunEvidence]) -> list[Line]:
    doubts = [
        (each, claim) for each in pieces for claim in each.claims if claim.standing is not Standing.VERIFIED
    ]
    shown = []
    for each, claim in doubts[:_MOST]:
        where = visible(each.path) if isinstance(each, FileEvidence) else "the run"
        said = visible(f"{claim.name}: {claim.detail}")
        shown.append(
            line(
                _INDENT, Span(f"{claim.standing}  ", Style.WARN), f"{where}  ", Span(said, Style.DIM), hang=4
            )
        )
    if len(doubts) > _MOST:
        shown.append(line(_INDENT, Span(f"… and {len(doubts) - _MOST} more", Style.DIM)))
    return shown
