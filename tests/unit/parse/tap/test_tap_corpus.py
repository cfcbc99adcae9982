"""Every file of the corpus, against the verdict and the counts written beside it."""

import json
from pathlib import Path

import pytest

from tap_facts import facts_of, limited, read

CORPUS = Path(__file__).parents[3] / "cases" / "tap"
STREAMS = sorted(CORPUS.glob("*.tap"))


@pytest.mark.parametrize("stream", STREAMS, ids=[each.stem for each in STREAMS])
def test_says_what_is_written_beside_it(stream: Path) -> None:
    document = read(stream.read_bytes().decode().split("\n"))
    expected = json.loads(stream.with_suffix(".json").read_text(encoding="utf-8"))
    assert facts_of(document) == limited(expected)
    assert [each.number for each in document.claimed_todo] == expected["claimed_todo"]


def test_no_expectation_is_orphaned() -> None:
    assert {each.stem for each in CORPUS.glob("*.json")} == {each.stem for each in STREAMS}
    assert len(STREAMS) >= 50
