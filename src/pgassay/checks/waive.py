"""Takes from a result what the settings say to ignore, and says of what is ignored no longer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pgassay.checks.settings import Waiver
from pgassay.model.check import CheckResult, Finding, Level, Waived


def waive(result: CheckResult, waivers: Sequence[Waiver], *, today: date) -> CheckResult:
    """Give a result without the findings that are waived today; an entry that ran out is a finding itself."""
    kept: list[Finding] = []
    waived: list[Waived] = []
    late: list[Waiver] = []
    for finding in result.findings:
        covering = [each for each in waivers if finding.level is not Level.PASSED and each.covers(finding)]
        valid = [each for each in covering if today <= each.until]
        if valid:
            waived.append(Waived(finding=finding, reason=valid[0].reason, until=valid[0].until))
            continue
        kept.append(finding)
        late += covering
    kept += [_ran_out(result, each) for each in dict.fromkeys(late)]
    return replace(result, findings=tuple(kept), waived=tuple(waived))


def _ran_out(result: CheckResult, waiver: Waiver) -> Finding:
    return Finding(
        check=result.check.name,
        object=waiver.object,
        level=Level.WARNING,
        detail=f"It was to be ignored until {waiver.until} only: {waiver.reason}",
        remediation="Solve it, or give its entry in [[checks.ignore]] another day.",
    )
