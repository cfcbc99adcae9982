"""The head comment of a test file: what is read, what is refused, and where it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.errors import UsageError
from pgassay.model.execution import Isolation
from pgassay.parse.head import Head, read_head


def _head(text: str) -> Head:
    return read_head(text, path="t/a.sql")


@pytest.mark.parametrize(
    ("comment", "head"),
    [
        ("critical", Head(critical=True)),
        ("timeout 30s", Head(timeout_s=30)),
        ("timeout 500 ms", Head(timeout_s=0.5)),
        ("timeout=1.5min", Head(timeout_s=90)),
        ("timeout: 2h", Head(timeout_s=7200)),
        ("timeout 45", Head(timeout_s=45)),
        ("timeout 1h 30m", Head(timeout_s=5400)),
        ("category Security", Head(category="security")),
        ("category row_level-1", Head(category="row_level-1")),
        ("isolation clone", Head(isolation=Isolation.CLONE)),
        ("isolation SHARED", Head(isolation=Isolation.SHARED)),
        ("tags a b  a", Head(tags=("a", "b"))),
        ("tags crm:invoices slow", Head(tags=("crm:invoices", "slow"))),
        (
            "Critical, TIMEOUT 1m, category unit, isolation clone, tags x,",
            Head(critical=True, timeout_s=60, category="unit", isolation=Isolation.CLONE, tags=("x",)),
        ),
    ],
)
def test_reads_settings(comment: str, head: Head) -> None:
    assert _head(f"-- pgassay: {comment}\nselect 1;") == head


@pytest.mark.parametrize(
    "mark", ["--pgassay:critical", "--  PgAssay : critical", "   -- pgassay: critical  \r"]
)
def test_is_forgiving_about_blanks_and_case(mark: str) -> None:
    assert _head(mark).critical


def test_several_lines_add_up() -> None:
    assert _head("-- pgassay: tags a\n-- about it\n\n-- pgassay: critical, tags b\nBEGIN;") == Head(
        critical=True, tags=("a", "b")
    )


@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        "\n\n",
        "-- Invoices\n",
        "/* a licence\n -- pgassay: category no\n /* nested */ still */\n",
        "/* one line */\n",
        "/* closed */ -- and a comment\n",
    ],
)
def test_comments_may_come_before(before: str) -> None:
    assert _head(f"{before}-- pgassay: critical\nselect 1;") == Head(critical=True)


@pytest.mark.parametrize(
    "before", ["BEGIN;\n", "\\set x 1\n", "/* a */ select 1;\n", "/* open\n", "select '\n", "- pgassay\n"]
)
def test_the_head_ends_at_the_first_statement(before: str) -> None:
    assert _head(f"{before}-- pgassay: critical") == Head()


@pytest.mark.parametrize(
    "text", ["", "select 1;", "-- pgassay runs this nightly\n", "-- pgassayer: critical\n"]
)
def test_most_files_say_nothing(text: str) -> None:
    assert _head(text) == Head()


@pytest.mark.parametrize(
    ("comment", "sentence", "remedy"),
    [
        ("critcal", "'critcal' is no setting", "'critical'"),
        ("tag a", "'tag' is no setting", "'tags'"),
        ("zzz 1", "'zzz' is no setting", "critical, timeout, category, isolation, tags"),
        ("tags a, b", "'b' is no setting", "Known are"),
        ("= 3", "'= 3' is no setting", "Known are"),
        ("critical yes", "'critical' takes no value", ""),
        ("timeout", "'timeout' needs a value", ""),
        ("timeout soon", "'soon' is no timeout", "30s"),
        ("timeout 0", "'0' is no timeout", "30s"),
        ("timeout -5s", "'-5s' is no timeout", "30s"),
        ("timeout 3 parsec", "'3 parsec' is no timeout", "30s"),
        ("timeout 169h", "the timeout '169h' is longer than seven days", "30s"),
        ("timeout 1e9", "'1e9' is no timeout", "30s"),
        ("category", "'category' needs a value", ""),
        ("category two words", "'two words' is no category", ""),
        ("isolation clones", "'clones' is no isolation", "'clone'"),
        ("tags (x)", "'(x)' is no tag", ""),
        ("critical, critical", "'critical' is given twice", ""),
        ("timeout 1s, timeout 2s", "'timeout' is given twice", ""),
        ("", "no setting follows", "Known are"),
    ],
)
def test_refuses_what_it_does_not_understand(comment: str, sentence: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        _head(f"-- Invoices\n-- pgassay: {comment}\n")
    assert caught.value.sentence.startswith("t/a.sql:2: ")
    assert sentence in caught.value.sentence
    assert remedy in caught.value.remedy


def test_a_missing_colon_is_seen() -> None:
    with pytest.raises(UsageError) as caught:
        _head("-- pgassay critical, timeout 3s")
    assert caught.value.remedy == "Write: -- pgassay: critical, timeout 3s"


@given(st.text(alphabet="-/*\n pgassay:=,timeoutcrl309s\\", max_size=80) | st.text())
def test_gives_a_head_or_one_sentence(text: str) -> None:
    try:
        head = _head(f"-- pgassay: {text}")
    except UsageError as error:
        assert error.sentence.startswith("t/a.sql:")
    else:
        assert head.timeout_s is None or head.timeout_s > 0
