"""What the demo does with the CRM once it stands: each act one thing that a user does, told in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import StringIO

from pgassay.config.settings import Settings
from pgassay.flows.access import AccessWish, try_access
from pgassay.flows.around import Around
from pgassay.flows.checks.run import CheckWish, run_checks
from pgassay.flows.incidents import Change, change_incident, list_incidents
from pgassay.flows.migrate.apply import apply_migration
from pgassay.flows.migrate.ground import MigrateWish
from pgassay.flows.migrate.rehearse import rehearse
from pgassay.flows.perf import Acceptance, PerfWish, check_performance, establish_baselines
from pgassay.flows.recover.drill import drill
from pgassay.flows.recover.ground import RecoverWish
from pgassay.flows.rollback.ground import RollbackWish
from pgassay.flows.rollback.run import run_rollback
from pgassay.model.check import Area
from pgassay.model.consent import NameConsent
from pgassay.pg.connection import connect
from pgassay.report.checks.record import CheckRecord
from pgassay.report.checks.verdict import verdict_sentence, verdict_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where the story takes place; ``target`` is a conninfo."""

    target: str
    settings: Settings
    around: Around


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that is done: what it is called, and what does it and says how it went."""

    title: str
    play: Callable[[Scene], str]


def rehearse_last_migration(scene: Scene) -> str:
    """Rehearse the migration that is not applied yet: there, back to where it was, and there again."""
    wish = MigrateWish(file=_LAST, target=scene.target, silent=True)
    (record,) = rehearse(wish, scene.settings, scene.around)
    return record.finished.sentence if record.finished is not None else "It was interrupted."


def apply_last_migration(scene: Scene) -> str:
    """Apply it as it was rehearsed."""
    wish = MigrateWish(file=_LAST, target=scene.target, silent=True)
    record = apply_migration(wish, scene.settings, scene.around)
    return record.finished.sentence if record.finished is not None else "It was interrupted."


def look_before_the_flight(scene: Scene) -> str:
    """Ask whether the database can be tested, and whether it is secured."""
    wish = CheckWish(areas=(Area.PREFLIGHT, Area.SECURITY), target=scene.target, silent=True)
    return _verdict(run_checks(wish, scene.settings, scene.around))


def try_who_gets_at_what(scene: Scene) -> str:
    """Try every action as everybody, and compare the matrix with the baseline."""
    record = try_access(AccessWish(target=scene.target), scene.settings, scene.around)
    differences = len(record.verdict.differences or ())
    return f"{record.verified} cells tried, {differences} differ from the baseline"


def measure(scene: Scene) -> str:
    """Say what is normal, then ask whether it still is."""
    wish = PerfWish(target=scene.target, seed=1)
    establish_baselines(wish, Acceptance(reason="the demo"), scene.settings, scene.around)
    verdict = check_performance(wish, scene.settings, scene.around)
    count = len(verdict.benchmark.measurements)
    return f"{count} statements, {sum(each.grade.red for each in verdict.judgements)} regressions"


def ask_for_health(scene: Scene) -> str:
    """Ask how the database is doing."""
    wish = CheckWish(areas=(Area.HEALTH,), target=scene.target, silent=True)
    return _verdict(run_checks(wish, scene.settings, scene.around))


def _verdict(record: CheckRecord) -> str:
    return f"{verdict_word(record)}, {verdict_sentence(record)}"


def drill_recovery(scene: Scene) -> str:
    """Back it up, restore that elsewhere, and prove that the copy is what was saved and can be written to."""
    record = drill(RecoverWish(target=scene.target, silent=True), scene.settings, scene.around)
    return record.finished.sentence if record.finished is not None else "It was interrupted."


def lose_rows(scene: Scene) -> str:
    """Do what a bad import does."""
    with connect(scene.settings.target(scene.target), application="pgassay demo") as connection:
        lost = connection.execute("delete from crm.interactions").rowcount
    return f"{lost:,} interactions are gone"


def roll_back(scene: Scene) -> str:
    """Put the drilled backup in the database's place, and count whether the rows are there again."""
    wish = RollbackWish(target=scene.target, reason=_REASON, silent=True, consent=NameConsent(given=_CRM))
    unheard = replace(scene.around, stderr=StringIO())
    record = run_rollback(wish, scene.settings, unheard)
    with connect(scene.settings.target(scene.target), application="pgassay demo") as connection:
        ((found,),) = connection.execute("select count(*) from crm.interactions").fetchall()
    said = record.finished.sentence if record.finished is not None else "It was interrupted."
    outage = f" Nobody could get in for {record.swapped.outage_s:.2f} s." if record.swapped else ""
    return f"{said}{outage} {found:,} interactions are there."


def settle_incident(scene: Scene) -> str:
    """Resolve the incident that every rollback opens."""
    found = list_incidents(scene.settings, target=scene.target, settled=False)
    for each in found:
        change = Change(deed="resolve", note="Rolled back.")
        change_incident(str(each.id), change, scene.settings, target=scene.target)
    return "; ".join(f"{each.severity}, {each.title}" for each in found) or "There is none."


_CRM = "crm"
_LAST = "0014"
_REASON = "An import deleted every interaction."

BEFORE_TESTS = (
    Act(title="Rehearse the last migration, there and back", play=rehearse_last_migration),
    Act(title="Apply it as it was rehearsed", play=apply_last_migration),
    Act(title="Look before the flight: infrastructure and security", play=look_before_the_flight),
    Act(title="Try who gets at what", play=try_who_gets_at_what),
    Act(title="Measure the workload, and compare it with its baseline", play=measure),
)
AFTER_TESTS = (
    Act(title="Ask for health", play=ask_for_health),
    Act(title="Back up, and drill a recovery from that", play=drill_recovery),
    Act(title="Lose rows, as by a bad import", play=lose_rows),
    Act(title="Roll back to the backup that was drilled", play=roll_back),
    Act(title="Resolve the incident that this opened", play=settle_incident),
    Act(title="Ask for health again", play=ask_for_health),
)
