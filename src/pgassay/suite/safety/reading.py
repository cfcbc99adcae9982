"""Reads each statement of a file before it is sent, and refuses what would do harm in spite of a rollback.

What is harm, :mod:`pgassay.parse.sql` says; here its findings become the problems of a file.
"""

from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.steps import Query, Step
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.judge import judge_any_command
from pgassay.parse.sql.steps import judge_step
from pgassay.suite.safety.catalog import Catalog


class Reading:
    """Reads the steps of one file, in their order: what a file makes itself, it may also change."""

    def __init__(self, catalog: Catalog, foreseen: "Reading | None" = None) -> None:
        self._catalog = catalog
        self._known = catalog.surroundings()
        self._steps: list[Step] = []
        self._found: list[tuple[Problem, ...]] = []
        self._foreseen = foreseen

    def judge(self, step: Step) -> tuple[Problem, ...]:
        """Say why a step must not be performed; nothing where it may be."""
        place = len(self._steps)
        self._steps.append(step)
        if self._foreseen is not None:
            if place < len(self._foreseen._steps) and self._foreseen._steps[place] == step:
                return self._foreseen._found[place]
            self._go_own_way()
        self._found.append(self._judged(step))
        return self._found[-1]

    def judge_loading(self, path: str) -> tuple[Problem, ...]:
        """Say why pgTAP must not be loaded in front of a file; nothing where it may be."""
        found = judge_any_command(place=Place(path=path, line=1), known=self._known)
        return tuple(
            refused(each.place, each.what, "Have pgTAP installed once.", f"(loading pgTAP, {each.detail})")
            for each in found
            if each.verdict is Verdict.REFUSED
        )

    def again(self) -> "Reading":
        """Give a reader for the same steps, which reads only what comes otherwise than it was foreseen."""
        return Reading(self._catalog, self)

    def _go_own_way(self) -> None:
        """Read what was only looked up until here, since what follows depends on it."""
        self._foreseen = None
        self._found = [self._judged(each) for each in self._steps[:-1]]

    def _judged(self, step: Step) -> tuple[Problem, ...]:
        found = judge_step(step, known=self._known)
        return tuple(_problem(each, step) for each in found if each.verdict is Verdict.REFUSED)


def refused(place: Place, what: str, instead: str, *further: str) -> Problem:
    """Give the problem of a refused step: what it would do, and how to write it."""
    return Problem(trouble=Trouble.REFUSED, message=what, place=place, detail=(instead, *further))


def _problem(finding: Finding, step: Step) -> Problem:
    rule = f"rule {finding.rule}"
    further = f"({rule}, {finding.detail})" if finding.detail else f"({rule})"
    return refused(finding.place, finding.what, finding.instead, *_first_line(step), further)


def _first_line(step: Step) -> tuple[str, ...]:
    if not isinstance(step, Query):
        return ()
    return tuple(step.text.strip().splitlines()[:1])
