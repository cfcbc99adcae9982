"""In which order files run on a mutant: those that touch what it changes first, quick ones before slow."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from pgassay.model.mutate import Baseline, Kind, Mutant
from pgassay.model.suite import TestFile
from pgassay.mutate.bench import FileText

_WORD = re.compile(r"\w+")
_LEAST_S = 5.0
_TIMES = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A file in its turn. ``near``: it touches the mutant's object, or names what is changed."""

    file: TestFile
    near: bool


class Ranking:
    """Orders files for mutants, and learns which file notices which kind. For several threads at once."""

    def __init__(
        self, baselines: tuple[Baseline, ...], texts: Mapping[str, FileText], kinds: tuple[Kind, ...] = ()
    ) -> None:
        self._baselines = baselines
        self._words = {path: frozenset(_WORD.findall(text.own.lower())) for path, text in texts.items()}
        self._sections = {kind.name: kind.section for kind in kinds}
        self._tries: Counter[tuple[str, ...]] = Counter()
        self._kills: Counter[tuple[str, ...]] = Counter()
        self._lock = Lock()

    def ranked(self, mutant: Mutant) -> tuple[Ranked, ...]:
        """Give all files in the order in which to run them."""
        with self._lock:
            scored = sorted((self._score(mutant, each), place) for place, each in enumerate(self._baselines))
        return tuple(
            Ranked(file=_hurried(self._baselines[place]), near=far == 0) for (far, _), place in scored
        )

    def learn(self, mutant: Mutant, path: str, *, noticed: bool) -> None:
        """Remember whether a file noticed a mutant."""
        with self._lock:
            for key in self._keys(mutant, path):
                self._tries[key] += 1
                self._kills[key] += noticed

    def _score(self, mutant: Mutant, baseline: Baseline) -> tuple[int, float]:
        """Put far files behind near ones, and what is slow and promises little behind the rest."""
        path = baseline.result.file.path
        touches = bool(baseline.touched & mutant.touching)
        names = mutant.name.lower() in self._words.get(path, ())
        promise = 1.0 + 2 * touches + 2 * names
        for key in self._keys(mutant, path):
            promise *= (self._kills[key] + 1) / (self._tries[key] + 2)
        return int(not (touches or names)), baseline.result.elapsed_s / promise

    def _keys(self, mutant: Mutant, path: str) -> tuple[tuple[str, ...], ...]:
        """What a file is known for: this kind of mutants, and such mutants of this object."""
        section = self._sections.get(mutant.kind, "")
        return (mutant.kind, path), (section, mutant.object, path)


def _hurried(baseline: Baseline) -> TestFile:
    """Give a file a time limit that it cannot miss unless the change slows it down."""
    file, took = baseline.result.file, baseline.result.elapsed_s
    limit = max(_LEAST_S, _TIMES * took)
    return replace(file, timeout_s=min(limit, file.timeout_s or limit))
