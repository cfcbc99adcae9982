"""Names in a text of SQL, and what it does with them."""

import pytest

from pgassay.parse.mentions import Mentions, read_mentions, split_name


def read(text: str) -> Mentions:
    return read_mentions([text])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crm.account", ("crm", "account")),
        ("CRM . Account", ("crm", "account")),
        ('"Odd one"."a ""b"""', ("Odd one", 'a "b"')),
        ("größe", ("größe",)),
    ],
)
def test_a_name_is_read_as_the_server_reads_it(text: str, expected: tuple[str, ...]) -> None:
    assert split_name(text) == expected


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("insert into crm.a values (1)", "insert"),
        ("INSERT\n  INTO crm.a", "insert"),
        ("update only crm.a set x = 1", "update"),
        ("delete from crm.a where true", "delete"),
        ("select * from crm.a", "select"),
        ("select 1 from b join crm.a on true", "select"),
        ("table crm.a", "select"),
        ("copy crm.a (x, y) from stdin", "insert"),
        ("copy crm.a to stdout", "select"),
        ("select throws_ok('insert into crm.a values (1)', '42501')", "insert"),
        ("do $$ begin delete from crm.a; end $$", "delete"),
    ],
)
def test_commands_are_found_in_statements_strings_and_bodies(text: str, command: str) -> None:
    assert (command, ("crm", "a")) in read(text).commands


def test_merge_may_do_all_three() -> None:
    found = read("merge into a using b on true").commands
    assert {command for command, name in found if name == ("a",)} == {"insert", "update", "delete"}


def test_deleting_is_not_taken_for_reading() -> None:
    assert read("delete from a").commands == {("delete", ("a",))}


def test_comments_say_nothing() -> None:
    assert read("-- from a\n/* delete from b */ select 1").commands == frozenset()


def test_calls_are_names_with_a_parenthesis_behind_them() -> None:
    found = read("select crm.f (1), g, 'select h()'")
    assert {("crm", "f"), ("h",)} <= found.calls
    assert ("g",) not in found.calls and ("g",) in found.names


def test_strings_are_names_too() -> None:
    found = read("select policies_are('public', 'T', array['may see', 'it''s'])")
    assert {"public", "T", "may see", "it's"} <= found.literals


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("set role alice", True),
        ("set local role alice", True),
        ("set session authorization alice", True),
        ("select set_config('role', 'alice', true)", True),
        ("select lives_ok('select set_config(''role'', ''alice'', true)')", True),
        ("reset role", False),
        ("set role none", False),
        ("select role from t", False),
    ],
)
def test_becoming_a_role_is_seen(text: str, becomes: bool) -> None:
    assert read(text).becomes_a_role is becomes


@pytest.mark.parametrize(
    ("text", "back", "partly"),
    [
        ("reset role", True, False),
        ("reset all", True, False),
        (" rollback", True, False),
        ("commit", True, False),
        ("rollback to savepoint s", False, True),
        ("set local role none", True, False),
        ("select 'commit'", False, False),
    ],
)
def test_going_back_is_seen(text: str, back: bool, partly: bool) -> None:
    (found,) = read(text).passages
    assert (found.back, found.partly_back) == (back, partly)
