"""What is said of things that belong to a database itself, and do not come with its name."""

from dataclasses import replace

import pytest

from pgassay.recovery.rollback.databases.standing import Standing, moving_warnings

PLAIN = Standing(
    oid=16384,
    owner="app",
    comment=None,
    template=False,
    superuser=True,
    may_create=True,
    owned=True,
    prepared=0,
    slots=0,
    subscriptions=0,
    tablespace=None,
)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (PLAIN, []),
        (replace(PLAIN, slots=2), ["2 replication slots and 0 subscriptions stay"]),
        (replace(PLAIN, subscriptions=1), ["0 replication slots and 1 subscriptions stay"]),
        (replace(PLAIN, tablespace="fast"), ["in the tablespace fast"]),
    ],
)
def test_a_warning_for_each_and_none_without(standing: Standing, words: list[str]) -> None:
    said = [each.sentence for each in moving_warnings(standing)]
    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))
