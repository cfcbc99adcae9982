"""An access matrix as Markdown, for a pull request or the page of a job."""

from collections.abc import Iterator

from pgassay.model.access import Entry, Reach
from pgassay.report.access.record import AccessRecord
from pgassay.report.access.screen import shown_actions
from pgassay.report.access.words import LEGEND, REACH, difference_sentence, verdict_sentence, verdict_word
from pgassay.report.markdown import escape


def access_markdown(record: AccessRecord) -> str:
    """Write the verdict, what differs, and the whole matrix."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: AccessRecord) -> Iterator[str]:
    yield f"## Access: {verdict_word(record)}"
    yield ""
    yield escape(verdict_sentence(record))
    found = record.verdict.differences or ()
    for title, some in (
        ("Opened", [each for each in found if each.opened]),
        ("Closed, or not known", [each for each in found if not each.opened]),
    ):
        if some:
            yield from ("", f"### {title}", "")
            yield from (f"- {escape(difference_sentence(each))}" for each in some)
    actions = shown_actions(record.relations)
    yield ""
    yield f"| relation | identity | {' | '.join(actions)} |"
    yield "|---|---|" + "---|" * len(actions)
    changed = {each.entry for each in found}
    for relation in record.relations:
        for identity, cells in relation.rows:
            reaches = {cell.action: cell.reach for cell in cells}
            words = [
                _word(
                    reaches.get(action),
                    bold=Entry(relation=relation.relation, identity=identity, action=action) in changed,
                )
                for action in actions
            ]
            yield f"| {escape(relation.relation)} | {escape(identity)} | {' | '.join(words)} |"
    yield ""
    yield escape(LEGEND)


def _word(reach: Reach | None, *, bold: bool) -> str:
    if reach is None:
        return ""
    return f"**{REACH[reach]}**" if bold else REACH[reach]
