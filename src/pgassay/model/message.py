"""What a PostgreSQL server says when it reports an error or a notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMessage:
    """An ErrorResponse or NoticeResponse.

    ``position`` counts characters from 1 into the statement that was sent, 0 where the server named
    none. The fields are those of the protocol documentation, "Error and Notice Message Fields": ``routine``
    is the server's own, which tells errors of one code apart in every language.
    """

    severity: str
    sqlstate: str
    message: str
    detail: str = ""
    hint: str = ""
    context: str = ""
    position: int = 0
    schema: str = ""
    table: str = ""
    constraint: str = ""
    routine: str = ""

    @property
    def deadly(self) -> bool:
        """Whether the server ends the session with it."""
        return self.severity in ("FATAL", "PANIC")

    def __str__(self) -> str:
        return f"{self.severity}: {self.message}"
