"""What is remembered between checks, and for how long it holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from mutation_samples import sample_mutant
from pgassay.model.errors import UsageError
from pgassay.model.mutate import Killer, Mutant, MutantResult, Verdict
from pgassay.mutate.bench import FileText
from pgassay.mutate.journal import Journal, State

KILLED = sample_mutant("drop_policy", "app.note", "own")
SURVIVED = sample_mutant("drop_check", "app.note", "short")
STATE = State(schema="s", texts={"a": FileText(own="one", included=("shared",)), "b": FileText(own="two")})
RESULTS = (
    MutantResult(
        mutant=KILLED,
        verdict=Verdict.KILLED,
        killer=Killer(path="a", reason="why", assertion=2),
        elapsed_s=0.5,
    ),
    MutantResult(mutant=SURVIVED, verdict=Verdict.SURVIVED, files_run=2),
)


def written(path: Path, *results: MutantResult, without: tuple[str, ...] = ()) -> Journal:
    journal = Journal(path)
    journal.open(without=without)
    for result in results:
        journal.write(result, STATE)
    journal.close()
    return Journal(path)


def recalled(path: Path, state: State = STATE, mutants: tuple[Mutant, ...] = (KILLED, SURVIVED)) -> set[str]:
    return set(Journal(path).recall(mutants, state))


def test_a_result_comes_back_as_it_was_and_says_that_it_is_remembered(tmp_path: Path) -> None:
    journal = written(tmp_path / "deep" / "j.jsonl", *RESULTS)
    found = journal.recall((KILLED, SURVIVED), STATE)
    assert list(found.values()) == [replace(each, remembered=True) for each in RESULTS]


def test_another_schema_makes_all_void(tmp_path: Path) -> None:
    written(tmp_path / "j", *RESULTS)
    assert recalled(tmp_path / "j", replace(STATE, schema="t")) == set()


def test_another_change_under_the_same_id_is_tried_again(tmp_path: Path) -> None:
    written(tmp_path / "j", *RESULTS)
    mutants = (replace(KILLED, ddl="drop it cascade"), SURVIVED)
    assert recalled(tmp_path / "j", mutants=mutants) == {SURVIVED.id}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": FileText(own="one", included=("shared",)), "b": FileText(own="2")}, {KILLED.id}),
        ({"a": FileText(own="one", included=("shared",))}, {KILLED.id}),
        ({**STATE.texts, "c": FileText(own="three")}, {KILLED.id}),
        ({"a": FileText(own="1", included=("shared",)), "b": FileText(own="two")}, set()),
        ({"a": FileText(own="one", included=("other",)), "b": FileText(own="two")}, set()),
        ({"b": FileText(own="two")}, set()),
    ],
)
def test_a_kill_holds_while_its_killer_does_and_a_survival_while_all_files_do(
    tmp_path: Path, texts: dict[str, FileText], expected: set[str]
) -> None:
    written(tmp_path / "j", *RESULTS)
    assert recalled(tmp_path / "j", replace(STATE, texts=texts)) == expected


def test_what_is_undecided_is_tried_again(tmp_path: Path) -> None:
    written(tmp_path / "j", replace(RESULTS[1], verdict=Verdict.UNDECIDED))
    assert recalled(tmp_path / "j") == set()


def test_the_last_result_counts(tmp_path: Path) -> None:
    journal = written(tmp_path / "j", RESULTS[1], replace(RESULTS[1], verdict=Verdict.NOT_APPLICABLE))
    assert journal.recall((SURVIVED,), STATE)[SURVIVED.id].verdict is Verdict.NOT_APPLICABLE


def test_a_check_forgets_what_it_tries_anew_and_keeps_the_rest(tmp_path: Path) -> None:
    written(tmp_path / "j", *RESULTS)
    written(tmp_path / "j", without=(KILLED.id,))
    assert recalled(tmp_path / "j") == {SURVIVED.id}


def test_lines_that_are_cut_off_or_foreign_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "j"
    written(path, *RESULTS)
    whole = path.read_bytes()
    path.write_bytes(b"{}\nnonsense\n\xff\n" + whole[:-20])
    assert recalled(path) == {KILLED.id}


def test_a_journal_that_is_no_file_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        Journal(tmp_path)


def test_two_checks_do_not_write_one_journal(tmp_path: Path) -> None:
    first, second = Journal(tmp_path / "j"), Journal(tmp_path / "j")
    first.open(without=())
    with pytest.raises(BlockingIOError):
        second.open(without=())
    second.write(RESULTS[0], STATE)
    second.close()
    first.write(RESULTS[1], STATE)
    first.close()
    assert recalled(tmp_path / "j") == {SURVIVED.id}
    second.open(without=())
    second.close()
