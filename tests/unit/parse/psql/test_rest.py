"""Whether a script that leaves early leaves anything behind that would have run."""

import pytest

from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.steps import Quit


@pytest.mark.parametrize(
    ("rest", "left"),
    [
        ("", False),
        ("\n\n  \t\n", False),
        ("\n-- only a word\n/* or two */\n", False),
        ("\nselect 1;\n", True),
        ("\n-- a word\n\\echo more\n", True),
    ],
)
def test_comments_are_nothing_that_would_have_run(rest: str, left: bool) -> None:
    reader = ScriptReader(f"\\q{rest}", path="t.sql", variables={}, open_file=lambda name, place: "")

    assert isinstance(reader.next_step(), Quit)
    assert reader.leaves_rest is left
