"""In which order files run on a mutant."""

from dataclasses import replace

import pytest

from mutation_samples import KINDS, sample_baseline, sample_mutant
from pgassay.model.mutate import Baseline, Mutant
from pgassay.mutate.bench import FileText
from pgassay.mutate.order import Ranking

MUTANT = sample_mutant("drop_check", "app.note", "short")


def order(*baselines: Baseline, texts: dict[str, str] | None = None) -> list[tuple[str, bool]]:
    ranking = Ranking(baselines, {path: FileText(own=text) for path, text in (texts or {}).items()})
    return [(each.file.path, each.near) for each in ranking.ranked(MUTANT)]


def test_files_that_touch_the_object_come_first_however_slow() -> None:
    slow = sample_baseline("slow", took_s=9, touched=("app.note", "app.tag"))
    quick = sample_baseline("quick", took_s=0.1, touched=("app.tag",))
    assert order(quick, slow) == [("slow", True), ("quick", False)]


def test_a_file_that_names_what_is_changed_is_near_too() -> None:
    baselines = (sample_baseline("silent"), sample_baseline("names"))
    assert order(*baselines, texts={"names": "has_check('SHORT')"}) == [("names", True), ("silent", False)]


def test_among_files_that_touch_it_one_that_names_it_comes_first() -> None:
    silent, names = (sample_baseline(path, touched=("app.note",)) for path in ("a", "b"))
    assert [path for path, _ in order(silent, names, texts={"b": "a short note"})] == ["b", "a"]


def test_among_files_that_touch_it_the_quick_ones_come_first() -> None:
    files = [sample_baseline(f"{took}", took_s=took, touched=("app.note",)) for took in (3, 1, 2)]
    assert [path for path, _ in order(*files)] == ["1", "2", "3"]


def test_a_file_that_has_noticed_such_a_mutant_comes_earlier() -> None:
    first = sample_baseline("a", took_s=1, touched=("app.note",))
    second = sample_baseline("b", took_s=1.2, touched=("app.note",))
    ranking = Ranking((first, second), {}, KINDS)

    def paths(mutant: Mutant) -> list[str]:
        return [each.file.path for each in ranking.ranked(mutant)]

    assert paths(MUTANT) == ["a", "b"]
    ranking.learn(MUTANT, "b", noticed=True)
    assert paths(MUTANT) == ["b", "a"]
    assert paths(sample_mutant("drop_check", "app.tag", "of the same kind")) == ["b", "a"]
    assert paths(sample_mutant("drop_unique", "app.note", "of the same object")) == ["b", "a"]
    assert paths(sample_mutant("drop_policy", "app.note", "of another section")) == ["a", "b"]
    assert paths(sample_mutant("drop_unique", "app.tag", "of the same section only")) == ["a", "b"]


def test_a_file_that_has_not_noticed_such_a_mutant_comes_later() -> None:
    first = sample_baseline("a", took_s=1, touched=("app.note",))
    second = sample_baseline("b", took_s=1.2, touched=("app.note",))
    ranking = Ranking((first, second), {}, KINDS)
    ranking.learn(MUTANT, "a", noticed=False)
    assert [each.file.path for each in ranking.ranked(MUTANT)] == ["b", "a"]


@pytest.mark.parametrize(
    ("took_s", "own_s", "expected"),
    [(0.01, None, 5.0), (2.0, None, 20.0), (2.0, 9.0, 9.0), (0.01, 3.0, 3.0)],
)
def test_a_file_has_ten_times_what_it_took_but_no_more_than_its_own(
    took_s: float, own_s: float | None, expected: float
) -> None:
    baseline = sample_baseline("a", took_s=took_s)
    file = replace(baseline.result.file, timeout_s=own_s)
    limited = replace(baseline, result=replace(baseline.result, file=file))
    (ranked,) = Ranking((limited,), {}).ranked(MUTANT)
    assert ranked.file.timeout_s == expected
