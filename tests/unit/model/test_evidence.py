"""The chain of evidence: whoever changes, removes, adds or moves a piece is found out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.evidence import (
    Chain,
    Claim,
    Evidence,
    FileEvidence,
    RunEvidence,
    Standing,
    StoredEvidence,
    broken_links,
    document_of,
    hash_of,
    is_closed,
    standing_of,
)

RUN = "11111111-2222-3333-4444-555555555555"
_texts = st.text(max_size=12)
_claims = st.lists(
    st.builds(Claim, name=_texts, standing=st.sampled_from(Standing), detail=_texts), max_size=3
).map(tuple)
_files = st.builds(
    FileEvidence, path=_texts, attempt=st.integers(1, 3), at=_texts, status=_texts, claims=_claims
)


def _stored(pieces: list[Evidence]) -> tuple[StoredEvidence, ...]:
    return tuple(
        StoredEvidence(number=each.number, document=document_of(each), sha256=each.sha256) for each in pieces
    )


def _chain(files: list[FileEvidence]) -> list[Evidence]:
    chain = Chain(RUN)
    linked: list[Evidence] = [chain.link(each) for each in files]
    return [*linked, chain.link(RunEvidence(at="now"))]


@given(st.lists(_files, max_size=4))
def test_an_untouched_chain_holds(files: list[FileEvidence]) -> None:
    stored = _stored(_chain(files))
    assert broken_links(RUN, stored) == ()
    assert is_closed(stored)
    assert all(each.document.isascii() for each in stored)


@given(st.lists(_files, min_size=1, max_size=4), st.data())
def test_a_changed_piece_breaks_it(files: list[FileEvidence], data: st.DataObject) -> None:
    pieces = _chain(files)
    at = data.draw(st.integers(0, len(pieces) - 1))
    changed = replace(pieces[at], at=pieces[at].at + "x")
    alone = [*pieces[:at], changed, *pieces[at + 1 :]]
    assert broken_links(RUN, _stored(alone)) != ()

    # Its own hash made right: now the piece behind it does not follow, unless it was the last.
    forged = replace(changed, sha256=hash_of(document_of(changed)))
    found = broken_links(RUN, _stored([*pieces[:at], forged, *pieces[at + 1 :]]))
    assert (found != ()) is (at + 1 < len(pieces))


@given(st.lists(_files, min_size=2, max_size=4), st.data())
def test_a_missing_or_moved_piece_breaks_it(files: list[FileEvidence], data: st.DataObject) -> None:
    pieces = _chain(files)
    at = data.draw(st.integers(0, len(pieces) - 2))
    assert broken_links(RUN, _stored([*pieces[:at], *pieces[at + 1 :]])) != ()
    swapped = [*pieces[:at], pieces[at + 1], pieces[at], *pieces[at + 2 :]]
    assert broken_links(RUN, _stored(swapped)) != ()


def test_a_chain_without_its_end_is_open() -> None:
    stored = _stored(_chain([FileEvidence(path="a", attempt=1, at="now")]))
    assert not is_closed(stored[:-1])
    assert not is_closed(())
    assert broken_links(RUN, stored[:-1]) == ()


def test_a_chain_belongs_to_its_run() -> None:
    assert broken_links("another", _stored(_chain([]))) != ()


def test_what_is_no_document_is_broken_and_no_crash() -> None:
    for text in ("", "[1]", "null", "{"):
        stored = (StoredEvidence(number=1, document=text, sha256=hash_of(text)),)
        assert broken_links(RUN, stored) != ()


def test_nothing_claimed_is_nothing_verified() -> None:
    def with_claims(*standings: Standing) -> FileEvidence:
        claims = tuple(Claim(name="c", standing=each) for each in standings)
        return FileEvidence(path="a", attempt=1, at="now", claims=claims)

    verified, violated, unknown = Standing.VERIFIED, Standing.VIOLATED, Standing.NOT_VERIFIED
    assert standing_of(with_claims()) is unknown
    assert standing_of(with_claims(verified, verified)) is verified
    assert standing_of(with_claims(verified, unknown)) is unknown
    assert standing_of(with_claims(unknown, violated, verified)) is violated
