"""A recorder without a store tells its user, in the user's own thread, and nothing more."""

from threading import Event, get_ident

from pgassay.model.errors import Unavailable
from pgassay.pg.connection import Connection
from pgassay.store.recorder import Recorder
from sample_runs import events, result, run_of

FILES = [result(f"{number}.sql") for number in range(50)]


class Warnings:
    """Hears warnings, and in which thread they came."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.threads: set[int] = set()

    def __call__(self, sentence: str, remedy: str) -> None:
        self.heard.append((sentence, remedy))
        self.threads.add(get_ident())


def unreachable() -> Connection:
    raise Unavailable("Cannot connect to host=nowhere: no route", remedy="Check host.")


def broken() -> Connection:
    raise ZeroDivisionError("a mistake")


def test_an_unreachable_store_is_told_once() -> None:
    warnings = Warnings()
    with Recorder(unreachable, warn=warnings) as recorder:
        for event in events(run_of(FILES), *FILES):
            recorder.see(event)

    assert warnings.heard == [
        ("The run is not recorded: Cannot connect to host=nowhere: no route", "Check host.")
    ]
    assert warnings.threads == {get_ident()}


def test_a_mistake_in_recording_does_not_reach_the_run() -> None:
    warnings = Warnings()
    with Recorder(broken, warn=warnings) as recorder:
        for event in events(run_of(FILES), *FILES):
            recorder.see(event)

    ((sentence, _),) = warnings.heard
    assert "because of a bug: ZeroDivisionError" in sentence


def test_a_run_that_never_began_asks_for_no_connection() -> None:
    warnings = Warnings()
    recorder = Recorder(unreachable, warn=warnings)

    recorder.close()
    recorder.close()

    assert warnings.heard == []


def test_closing_waits_no_longer_than_it_may() -> None:
    warnings, given_up = Warnings(), Event()

    def hanging() -> Connection:
        given_up.wait()
        raise Unavailable("It hung.")

    recorder = Recorder(hanging, warn=warnings, patience_s=0.05)
    for event in events(run_of(FILES), *FILES):
        recorder.see(event)

    recorder.close()

    given_up.set()
    ((sentence, _),) = warnings.heard
    assert "could not be recorded within 0.05 s" in sentence
