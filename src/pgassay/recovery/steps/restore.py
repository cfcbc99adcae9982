"""Restores an archive into a database that pgassay made: in three sections, each ended by its first error."""

import re

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.course import Verdict
from pgassay.recovery.tools.program import Limits, ProgramFailed
from pgassay.recovery.tools.restore import Archive, Into, restore_section

SECTIONS = {
    RecoveryStep.PRE_DATA: "pre-data",
    RecoveryStep.DATA: "data",
    RecoveryStep.POST_DATA: "post-data",
}
_ROLE = re.compile(r'role "(?P<name>.+)" does not exist')


def restore(which: RecoveryStep, archive: Archive, into: Into, limits: Limits) -> StepResult:
    """Restore one section.

    Raises:
        ProgramFailed: something cannot be restored.
        Unavailable: there is no pg_restore that knows the archive.
        Stopped, OutOfTime: it was ended.
    """
    verdict = Verdict(step=which)
    try:
        restore_section(archive, SECTIONS[which], into, limits)
    except ProgramFailed as failure:
        lacking = _ROLE.search(failure.sentence)
        if lacking is None and into.owners:
            raise
        if lacking is None:
            return verdict.not_verified(f"Who restores is no superuser there: {failure.sentence}")
        return verdict.not_verified(
            f"The server that is restored into has no role {lacking['name']}.",
            f'create role "{lacking["name"]}";',
        )
    return verdict.holds(f"The section {SECTIONS[which]} was restored without an error.")
