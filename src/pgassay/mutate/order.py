"""In which order files run on a mutant: those that touch what it changes first, quick ones before slow."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from pgassay.model.mutate import Baseline, Mutant
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

    def __init__(self, baselines: tuple[Baseline, ...], texts: Mapping[str, FileText]) -> None:
        self._baselines = baselines
        self._words = {path: frozenset(_WORD.findall(text.own.lower())) for path, text in texts.items()}
        self._kills: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def ranked(self, mutant: Mutant) -> tuple[Ranked, ...]:
        """Give all files in the order in which to run them."""
        with self._lock:
            scored = sorted((self._score(mutant, each), place) for place, each in enumerate(self._baselines))
        files = [self._baselines[place] for _, place in scored]
        return tuple(
            Ranked(file=_hurried(each), near=far == 0)
            for ((far, _), _), each in zip(scored, files, strict=True)
        )

    def learn(self, mutant: Mutant, path: str) -> None:
        """Remember that a file noticed a mutant."""
        with self._lock:
            self._kills[mutant.kind, path] += 1
            self._kills[mutant.object, path] += 1

    def _score(self, mutant: Mutant, baseline: Baseline) -> tuple[int, float]:
        """Put far files behind near ones, and what is slow and promises little behind the rest."""
        path = baseline.result.file.path
        touches = bool(baseline.touched & mutant.touching)
        names = mutant.name.lower() in self._words.get(path, ())
        kills = self._kills[mutant.kind, path] + 3 * self._kills[mutant.object, path]
        promise = 1 + 2 * touches + 4 * names + kills
        return int(not (touches or names)), baseline.result.elapsed_s / promise


def _hurried(baseline: Baseline) -> TestFile:
    """Give a file a time limit that it cannot miss unless the change slows it down."""
    file, took = baseline.result.file, baseline.result.elapsed_s
    limit = max(_LEAST_S, _TIMES * took)
    return replace(file, timeout_s=min(limit, file.timeout_s or limit))
