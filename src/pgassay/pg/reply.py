"""What comes back for a statement: libpq's result as a value.

Text format throughout, since what test files print is text.
"""

from dataclasses import dataclass

from psycopg import pq

from pgassay.model.message import ServerMessage

Status = pq.ExecStatus
Transaction = pq.TransactionStatus


@dataclass(frozen=True, slots=True)
class Reply:
    """One result of one statement, text format.

    ``rows`` has one tuple a row, ``None`` for NULL. ``tag`` is the command tag (``INSERT 0 1``).
    """

    status: Status
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    tag: str = ""
    error: ServerMessage | None = None

    @property
    def failed(self) -> bool:
        """Whether the server refused the statement."""
        return self.error is not None


_FAILED = frozenset({Status.FATAL_ERROR, Status.BAD_RESPONSE, Status.NONFATAL_ERROR})


def read_reply(result: pq.abc.PGresult) -> Reply:
    """Read a result to the end."""
    status = Status(result.status)
    if status == Status.TUPLES_OK:
        return Reply(status, _columns(result), _rows(result), _tag(result))
    if status in _FAILED:
        return Reply(status, error=read_message(result))
    return Reply(status, tag=_tag(result))


def _columns(result: pq.abc.PGresult) -> tuple[str, ...]:
    return tuple((result.fname(i) or b"").decode(errors="replace") for i in range(result.nfields))


def _rows(result: pq.abc.PGresult) -> tuple[tuple[str | None, ...], ...]:
    value, width = result.get_value, range(result.nfields)
    return tuple(
        tuple(
            None if (cell := value(row, column)) is None else cell.decode(errors="replace")
            for column in width
        )
        for row in range(result.ntuples)
    )


def _tag(result: pq.abc.PGresult) -> str:
    return (result.command_status or b"").decode(errors="replace")


_SEVERITY, _SQLSTATE = pq.DiagnosticField.SEVERITY_NONLOCALIZED, pq.DiagnosticField.SQLSTATE
_PRIMARY, _DETAIL = pq.DiagnosticField.MESSAGE_PRIMARY, pq.DiagnosticField.MESSAGE_DETAIL
_HINT, _CONTEXT = pq.DiagnosticField.MESSAGE_HINT, pq.DiagnosticField.CONTEXT
_POSITION = pq.DiagnosticField.STATEMENT_POSITION
_SCHEMA, _TABLE = pq.DiagnosticField.SCHEMA_NAME, pq.DiagnosticField.TABLE_NAME
_CONSTRAINT, _ROUTINE = pq.DiagnosticField.CONSTRAINT_NAME, pq.DiagnosticField.SOURCE_FUNCTION


def read_message(result: pq.abc.PGresult) -> ServerMessage:
    """Read the fields of an error or a notice."""

    def field(code: pq.DiagnosticField) -> str:
        return (result.error_field(code) or b"").decode(errors="replace")

    return ServerMessage(
        severity=field(_SEVERITY) or "ERROR",
        sqlstate=field(_SQLSTATE),
        message=field(_PRIMARY) or (result.error_message or b"").decode(errors="replace").strip(),
        detail=field(_DETAIL),
        hint=field(_HINT),
        context=field(_CONTEXT),
        position=int(field(_POSITION) or 0),
        schema=field(_SCHEMA),
        table=field(_TABLE),
        constraint=field(_CONSTRAINT),
        routine=field(_ROUTINE),
    )
