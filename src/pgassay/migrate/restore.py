"""Names a restore point before a migration, where the role may, and says where it may not."""

from pgassay.migrate.history import ask
from pgassay.migrate.settings import RestorePoint
from pgassay.model.finding import Finding
from pgassay.model.migrate import Step, StepResult
from pgassay.pg.connection import Connection, reason


def make_restore_point(connection: Connection, name: str, wanted: RestorePoint) -> StepResult:
    """Name a point in the WAL. It helps only where WAL is archived, which a point-in-time recovery needs."""
    if wanted is RestorePoint.OFF:
        return _result(Finding.NOT_VERIFIED, "No restore point was asked for.")
    try:
        ((lsn,),) = ask(connection, "restore_point", name=name)
    except Connection.Error as error:
        why = error.diag.message_primary or reason(str(error))
        sentence = f"No restore point could be named: {why}."
        return _result(Finding.BROKEN if wanted is RestorePoint.ON else Finding.NOT_VERIFIED, sentence)
    ((mode,),) = connection.execute("select pg_catalog.current_setting('archive_mode')").fetchall()
    if mode == "off":
        return _result(
            Finding.NOT_VERIFIED, f"The restore point {name} is at {lsn}, but this server archives no WAL."
        )
    return _result(Finding.HOLDS, f"The restore point {name} is at {lsn}.")


def _result(finding: Finding, sentence: str) -> StepResult:
    return StepResult(step=Step.RESTORE_POINT, finding=finding, sentence=sentence)
