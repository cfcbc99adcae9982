"""What ``[recovery]`` may say."""

from dataclasses import dataclass
from pathlib import Path

from pgassay.model.setting import DURATION, PATH, TEXTS, URL, setting, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySettings:
    """Everything that ``[recovery]`` may say."""

    directory: Path | None = setting(
        None,
        PATH,
        help="Where backups are kept; not set: a directory of the user's own data.",
        environment="BACKUP_DIR",
        flag="--to",
    )
    jobs: int = setting(2, whole(least=1), help="Connections that dump, restore and compare.", flag="--jobs")
    compression: int = setting(1, whole(least=0), help="How hard pg_dump compresses, from 0 to 9.")
    min_size: int = setting(
        1, whole(least=0), help="The least size of a backup in bytes; a smaller one has failed."
    )
    min_tables: int = setting(
        1, whole(least=0), help="The least number of tables in a backup; one with fewer has failed."
    )
    keep: int = setting(
        0, whole(least=0), help="How many backups are kept, the newest tested one always; 0: all of them."
    )
    lock_timeout_s: float = setting(
        10.0, DURATION, help="How long a backup waits for tables that others have locked exclusively."
    )
    timeout_s: float = setting(14_400.0, DURATION, help="How long dumping, or restoring, may take.")
    server: str | None = setting(
        None,
        URL,
        help="A server where databases may be made to restore into; not set: one that comes and goes with "
        "the drill.",
        environment="TEST_RESTORE_DB",
    )
    tests: tuple[str, ...] = setting(
        ("unit", "security", "integration"),
        TEXTS,
        help="The categories of tests that are run on a restored copy; [] where there are none.",
    )
    recent_s: float = setting(
        86_400.0,
        DURATION,
        help="A drill takes the newest backup; it makes one where that is older than this.",
    )
    rto_s: float | None = setting(
        None, DURATION, help="The objective: how long a recovery may take, until it is verified and writable."
    )
    rpo_s: float | None = setting(None, DURATION, help="The objective: how much work may be lost.")
