"""The name and the mark of a database that is set aside."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from pgassay.model.rollback import RollbackOperation, RollbackRun
from pgassay.recovery.rollback.mark import aside_name, aside_of, read_mark, write_mark

AT = datetime(2026, 8, 1, 12, 30, 5, 123_456, tzinfo=UTC)


@pytest.mark.parametrize("live", ["crm", "x" * 63, "ä" * 31, "日本" * 10])
def test_a_name_fits_and_is_cut_between_characters(live: str) -> None:
    name = aside_name(live, AT)
    assert name.endswith("_aside_20260801T123005123")
    assert len(name.encode()) <= 63
    assert live.startswith(name.partition("_aside_")[0])


def test_two_operations_within_a_second_have_two_names() -> None:
    assert aside_name("crm", AT) != aside_name("crm", AT.replace(microsecond=124_000))


def test_a_mark_begins_with_what_it_is_looked_for_by() -> None:
    run = RollbackRun(
        id=UUID(int=1),
        operation=RollbackOperation.RUN,
        target="t",
        database="h:1/crm",
        live="crm",
        aside="crm_aside",
        reason="why",
        started_at=AT,
        tables=("public.orders",),
    )
    text = write_mark(run, comment="it's ours", finished=False)
    mark = read_mark(text)
    assert mark is not None
    assert aside_of(mark, name="crm_aside", size_bytes=None).run == run
    assert text.startswith('{"pgassay_aside":1,')
    assert '"comment":"it\'s ours"' in text and '"finished":false' in text
