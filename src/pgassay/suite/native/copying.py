"""``\\copy``: a COPY whose other end is a file on this side."""

from pathlib import Path

from pgassay.parse.psql.steps import ClientCopy, Query
from pgassay.pg.reply import Reply, Status
from pgassay.suite.native.stage import Stage
from pgassay.suite.native.statement import Statements
from pgassay.suite.output import Printed


def perform_copy(copy: ClientCopy, stage: Stage, statements: Statements) -> None:
    """Perform one ``\\copy``.

    Raises:
        Over: it failed, and the script stops on errors.
    """
    try:
        data = "" if copy.from_server else _source(copy, statements)
    except OSError as error:
        statements.complain(f"{copy.source}: {error.strerror}", copy.place)
        return
    except UnicodeDecodeError:
        statements.complain(f"{copy.source}: not in UTF-8", copy.place)
        return
    text, reply = _exchange(copy, stage, data)
    query = Query(text=copy.statement, place=copy.place, end_line=copy.place.line, keyword="COPY")
    statements.conclude(query, reply, None)
    if copy.from_server:
        _deliver(copy, stage, statements, text=text)


def _source(copy: ClientCopy, statements: Statements) -> str:
    if copy.standard:
        return statements.script_data() if copy.source == "stdin" else ""
    return Path(copy.source).read_text("utf-8")


def _exchange(copy: ClientCopy, stage: Stage, data: str) -> tuple[str, Reply]:
    received, last = "", Reply(Status.COMMAND_OK)
    for reply in stage.ask(copy.statement):
        if reply.status == Status.COPY_IN:
            stage.wire.put_copy(data)
        elif reply.status == Status.COPY_OUT:
            received = "".join(stage.wire.copy_rows())
        last = reply
    stage.note_autocommit(last.tag)
    return received, last


def _deliver(copy: ClientCopy, stage: Stage, statements: Statements, *, text: str) -> None:
    if copy.standard:
        stage.say(Printed(text, copy.place))
        return
    try:
        Path(copy.source).write_text(text, "utf-8")
    except OSError as error:
        statements.complain(f"{copy.source}: {error.strerror}", copy.place)
