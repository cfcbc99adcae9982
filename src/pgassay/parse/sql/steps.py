"""What a step of a psql script would do: the statement that it sends, and what stays on this side."""

from collections.abc import Iterator

from pgassay.model.place import Place
from pgassay.parse.psql.steps import (
    ClientCopy,
    Connect,
    Encoding,
    ExecuteResult,
    NeedsPsql,
    Query,
    Step,
    WriteTo,
)
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.judge import judge_results, judge_statement
from pgassay.parse.sql.rules.guarded_settings import is_plain_encoding
from pgassay.parse.sql.surroundings import Surroundings

_FILES = "files_and_programs"


def judge_step(step: Step, *, known: Surroundings) -> tuple[Finding, ...]:
    """Say what a step would do; as ``judge_statement``, once for each, in their order.

    The statements that ``\\gexec`` makes of a result are to be judged when they are known, each by
    ``judge_statement``: a note says so.
    """
    return (*_statements(step, known), *(known.policy.apply(each) for each in _on_this_side(step)))


def _statements(step: Step, known: Surroundings) -> tuple[Finding, ...]:
    if isinstance(step, Query):
        found = judge_statement(step.text, place=step.place, known=known)
        if isinstance(step.sink, ExecuteResult):
            found += judge_results(step.text, place=step.place, known=known)
        return found
    if isinstance(step, ClientCopy):
        return judge_statement(step.statement, place=step.place, known=known)
    return ()


def _on_this_side(step: Step) -> Iterator[Finding]:
    match step:
        case Query(sink=WriteTo(path=path), place=place):
            yield _refused(_FILES, place, f"It writes the result into the file {path}.", path)
        case ClientCopy(from_server=True, standard=False, source=path, place=place):
            yield _refused(_FILES, place, f"\\copy writes the file {path} on this machine.", path)
        case NeedsPsql(command=command, why=why, place=place):
            yield _refused(
                "psql_only",
                place,
                f"{command} {why}: only the real psql could do it, unguarded.",
                command,
            )
        case Connect(place=place):
            yield _refused("connections", place, "\\connect leaves the session that is guarded.", "\\connect")
        case Encoding(name=name, place=place) if not is_plain_encoding(name):
            yield _refused(
                "guarded_settings",
                place,
                f"The encoding {name} says how the text is read.",
                "client_encoding",
            )
        case _:
            return


def _refused(rule: str, place: Place, what: str, subject: str) -> Finding:
    return Finding(
        rule=rule,
        place=place,
        what=what,
        instead="Leave it out: a test on production keeps to its own session, and prints its results.",
        verdict=Verdict.REFUSED,
        object=subject,
    )
