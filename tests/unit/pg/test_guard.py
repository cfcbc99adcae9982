"""The guard: which deed it lets pass on which target, with which consent."""

from collections.abc import Callable

import pytest

from pgassay.model.consent import Consent
from pgassay.model.errors import Refused
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target, parse_target

LOCAL = ("host=localhost", "host=127.0.0.1", "host=127.8.9.10", "host=::1", "host=/var/run/postgresql", "")
REMOTE = (
    "host=db.example.com",
    "hostaddr=10.0.0.7",
    "host=localhost,db.example.com",
    "host=localhost.example",
)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)


def _target(words: str, *, production: bool = True) -> Target:
    return parse_target(f"{words} dbname=app", name="live", production=production)


def _passes(target: Target, deed: Deed, consent: Consent | None = None) -> bool:
    try:
        check(target, deed, consent)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("words", [*LOCAL, *REMOTE])
def test_what_is_not_production_is_not_concerned(deed: Deed, words: str) -> None:
    assert _passes(_target(words, production=False), deed)


@pytest.mark.parametrize(
    ("deed", "expected"),
    [(Deed.REMEMBER, True), (Deed.TEST_SAFELY, True), (Deed.TEST, False), (Deed.CHANGE, False)],
)
@pytest.mark.parametrize("words", REMOTE)
def test_production_elsewhere(deed: Deed, words: str, expected: bool) -> None:
    assert _passes(_target(words), deed) is expected


@pytest.mark.parametrize("words", LOCAL)
def test_production_on_this_machine_needs_a_yes_to_be_tested(words: str) -> None:
    target = _target(words)
    asked: list[str] = []

    def answering(answer: bool) -> Callable[[str], bool]:
        def ask(question: str) -> bool:
            asked.append(question)
            return answer

        return ask

    assert not _passes(target, Deed.TEST_SAFELY)
    assert not _passes(target, Deed.TEST_SAFELY, Consent(ask=answering(False)))
    assert _passes(target, Deed.TEST_SAFELY, Consent(ask=answering(True)))
    assert len(asked) == 2 and all("live" in question for question in asked)
    assert _passes(target, Deed.TEST_SAFELY, Consent(given=True))
    assert not _passes(target, Deed.TEST, Consent(given=True))
    assert _passes(target, Deed.REMEMBER)


def test_the_environment_says_where_a_target_without_a_host_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example.com")
    assert not _target("").is_local
    assert _target("host=localhost").is_local
    monkeypatch.setenv("PGHOST", "localhost")
    assert _target("").is_local


def test_a_refusal_names_the_target_and_what_is_allowed() -> None:
    with pytest.raises(Refused) as caught:
        check(_target("host=db.example.com"), Deed.TEST)
    assert "live" in caught.value.sentence
    assert "--production-safe" in caught.value.remedy


@pytest.mark.parametrize("deed", [Deed.MIGRATE, Deed.ADOPT])
def test_a_migration_of_production_needs_a_yes_wherever_it_is(deed: Deed) -> None:
    for words in (*LOCAL, *REMOTE):
        with pytest.raises(Refused) as caught:
            check(_target(words), deed)
        assert "--yes" in caught.value.remedy
        with pytest.raises(Refused):
            check(_target(words), deed, Consent(ask=lambda question: False))


def test_a_yes_lets_a_migration_pass() -> None:
    asked: list[str] = []

    def agree(question: str) -> bool:
        asked.append(question)
        return True

    check(_target("host=db.example.com"), Deed.MIGRATE, Consent(given=True))
    check(_target("host=db.example.com"), Deed.MIGRATE, Consent(ask=agree))
    check(_target("host=db.example.com", production=False), Deed.MIGRATE)
    check(_target("host=db.example.com"), Deed.ADOPT, Consent(ask=agree))
    assert asked == [
        "The target live is production. Change its schema?",
        "The target live is production. Write into its history that migrations are applied?",
    ]


@pytest.mark.parametrize("words", [*LOCAL, *REMOTE])
def test_removing_rows_from_production_needs_a_yes_wherever_it_is(words: str) -> None:
    target = _target(words)

    assert not _passes(target, Deed.CLEAN)
    assert not _passes(target, Deed.CLEAN, Consent(ask=lambda question: "live" not in question))
    assert _passes(target, Deed.CLEAN, Consent(given=True))
