"""Backups, drills, rollbacks, migrations and checks of performance, beside what is used instead.

    python bench/recovery.py [--json] [--rounds N] [--server 15|18] [--scale N] [--crm-scale N] [--checks N]
                             [--only backup,drill,rescue,migrate,perf] [--subjects pgbench,crm]

One server that is set up like production, on which each contender has its turn, round by round; a first round
does not count. Each is run as a user runs it, as a process; they use the same programs. Times are medians,
and a ratio is the median of the rounds' own ratios to pgassay: 0.5 is half of what pgassay takes.

* ``backup``: what it takes, and which faults are noticed without restoring it. A fault is put into what lies
  there: rows cut off, all rows of a table gone, one digit changed.
* ``drill``: the backup restored elsewhere; which faults are noticed.
* ``rescue``: the database was harmed, and a client connects anew every five milliseconds to ask what an
  application would. ``outage`` is its longest time between two right answers; ``right afterwards`` is held
  against what was in the database before it was harmed. It was tested by a drill before, which is not in
  the time. ``kept``: whether what came after the backup is still to be had.
* ``migrate``: ``stall`` is the longest time that the same kind of client waits for a table that is altered
  while somebody reads it for two seconds. ``noticed``: ways back that do not lead back.
* ``perf``: checks of statements over data that stay as they are; whatever is found is false. Then an index is
  dropped.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from alarms import alarms
from changes import changes
from emergency import rescues
from faults import FAULTS
from keepers import PGASSAY, Kept, keep
from scene import Scene, Subject, crm, pgbench, scene
from suite import Measured, ratio


@dataclass(frozen=True)
class Table:
    """Rows of texts under headings; the first column is left-aligned, the last as long as it likes."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def shown(self) -> str:
        """Write it for a person."""
        lines = (self.headings, *self.rows)
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headings))]
        text = [f"\n{self.title}"]
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(line[1:-1], widths[1:-1], strict=True)]
            text.append("  " + "   ".join([*cells, line[-1]]))
        return "\n".join(text)


def timed(name: str, results: dict[str, Measured], first: str) -> tuple[str, ...]:
    """Give the cells of a contender: its time, and how it stands to pgassay's."""
    against = ratio(results, "wall", of=name, to=first)
    return (name, f"{results[name].median('wall'):.2f}", f"{against:.2f}")


def _kept_tables(subject: str, found: dict[str, Kept], only: Sequence[str]) -> list[Table]:
    backups = {name: each.backup for name, each in found.items()}
    drills = {name: each.drill for name, each in found.items()}
    headings = ("way", "wall s", "wall ratio", f"noticed of {len(FAULTS)} faults")
    tables = {
        "backup": Table(
            f"{subject}: backup, and a look at it (recover verify, 'dump complete', pg_restore --list)",
            headings,
            tuple(
                (*timed(name, backups, PGASSAY), _listed(each.seen_by_verify)) for name, each in found.items()
            ),
        ),
        "drill": Table(
            f"{subject}: restored elsewhere (recover drill; createdb, restore, tables counted)",
            headings,
            tuple(
                (*timed(name, drills, PGASSAY), _listed(each.seen_by_drill)) for name, each in found.items()
            ),
        ),
    }
    return [table for name, table in tables.items() if name in only]


def _listed(names: Sequence[str]) -> str:
    return f"{len(names)}: {', '.join(names)}" if names else "0"


def _rescue_table(where: Scene, *, rounds: int) -> Table:
    found = rescues(where, rounds=rounds)
    walls, first = {name: each.measured for name, each in found.items()}, next(iter(found))
    rows = [
        (
            *timed(name, walls, first),
            f"{median(each.outage_s):.2f}",
            f"{median(a / b for a, b in zip(each.outage_s, found[first].outage_s, strict=True)):.1f}",
            str(each.status),
            "yes" if each.kept else "no",
            each.right,
        )
        for name, each in found.items()
    ]
    headings = ("way", "wall s", "wall ratio", "outage s", "outage ratio", "exit", "kept", "right afterwards")
    return Table(f"{where.subject.name}: harmed, and brought back", headings, tuple(rows))


def _change_table(where: Scene, *, rounds: int) -> Table:
    found = changes(where, rounds=rounds)
    first, second = found
    walls = {name: each.measured for name, each in found.items()}
    parts = found[first].parts
    rows = [
        (
            *timed(name, walls, first),
            f"{median(each.stall_s):.2f}",
            f"{median(a / b for a, b in zip(each.stall_s, found[first].stall_s, strict=True)):.1f}",
            each.right,
            f"{each.noticed} wrong ways back",
        )
        for name, each in found.items()
    ]
    for name, part in parts.items():
        rows.insert(-1, (f"  {name}", f"{part.median('wall'):.2f}", "", "", "", "", ""))
    headings = ("way", "wall s", "wall ratio", "stall s", "stall ratio", "applied", "noticed")
    return Table(f"{where.subject.name}: a migration, applied as on production", headings, tuple(rows))


def _alarm_table(where: Scene, *, checks: int) -> Table:
    found = alarms(where, checks=checks)
    walls, first = {name: each.measured for name, each in found.items()}, next(iter(found))
    rows = [
        (
            *timed(name, walls, first),
            f"{each.red} of {each.checks}",
            f"{len(each.alarms)} of {each.statements}",
            f"{each.judged}",
            "yes" if each.seen else "no",
        )
        for name, each in found.items()
    ]
    headings = (
        "way",
        "wall s",
        "wall ratio",
        "false checks",
        "false statements",
        "times judged",
        "dropped index seen",
    )
    return Table(f"{where.subject.name}: checks of performance, nothing changed", headings, tuple(rows))


def compare(where: Scene, options: argparse.Namespace) -> list[Table]:
    """Compare on one subject whatever is wanted of it."""
    tables, only = list[Table](), options.only.split(",")
    if {"backup", "drill"} & {*only}:
        tables += _kept_tables(where.subject.name, keep(where, rounds=options.rounds), only)
    if "rescue" in only:
        tables.append(_rescue_table(where, rounds=options.rounds))
    if "migrate" in only and where.subject.name.startswith("pgbench"):
        tables.append(_change_table(where, rounds=options.rounds))
    if "perf" in only and where.subject.name.startswith("CRM"):
        where.renew()
        tables.append(_alarm_table(where, checks=options.checks))
    return tables


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--server", choices=("15", "18"), default="18")
    parser.add_argument("--scale", type=int, default=5)
    parser.add_argument("--crm-scale", type=int, default=5)
    parser.add_argument("--checks", type=int, default=12)
    parser.add_argument("--only", default="backup,drill,rescue,migrate,perf")
    parser.add_argument("--subjects", default="pgbench,crm")
    options = parser.parse_args()
    subjects: dict[str, Subject] = {"pgbench": pgbench(options.scale), "crm": crm(options.crm_scale)}
    tables = list[Table]()
    for name in options.subjects.split(","):
        with scene(options.server, subjects[name]) as where:
            for table in compare(where, options):
                tables.append(table)
                if not options.json:
                    print(table.shown(), flush=True)
    if options.json:
        found = [
            {"title": each.title, "rows": [dict(zip(each.headings, row, strict=True)) for row in each.rows]}
            for each in tables
        ]
        print(json.dumps({"server": options.server, "tables": found}, indent=2))


if __name__ == "__main__":
    main()
