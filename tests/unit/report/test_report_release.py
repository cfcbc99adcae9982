"""What programs read of whether a rollback is asked for."""

import json
from datetime import UTC, datetime

import pytest

from pgassay.model.exits import Exit
from pgassay.model.release import Release, Verdict
from pgassay.report.rollback.document import release_document


@pytest.mark.parametrize(
    ("verdict", "word", "code"),
    [
        (Verdict.ROLL_BACK, "ROLL BACK", Exit.RED),
        (Verdict.STAY, "STAY", Exit.OK),
        (Verdict.NOT_VERIFIED, "NOT VERIFIED", Exit.UNAVAILABLE),
    ],
)
def test_the_verdict_is_a_word_at_the_top_beside_its_exit_code(
    verdict: Verdict, word: str, code: Exit
) -> None:
    release = Release(target="crm", at=datetime(2026, 11, 27, tzinfo=UTC), verdict=verdict, triggers=())

    found = json.loads(release_document(release))

    assert (found["format"], found["verdict"], found["exit"]) == ("pgassay.release/1", word, code)
    assert found["release"]["target"] == "crm"
