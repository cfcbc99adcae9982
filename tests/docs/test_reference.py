"""The reference is written from the program, and is what the program says today."""

import pytest

from repository import ROOT, reference_generator

DOCS = ROOT / "docs"


GENERATOR = reference_generator()


@pytest.mark.parametrize("page", sorted(GENERATOR.PAGES))
def test_a_page_is_what_the_program_says(page: str) -> None:
    written = (DOCS / "reference" / page).read_text(encoding="utf-8")
    assert written == GENERATOR.render(page), "run: make docs"


def test_no_page_is_left_over() -> None:
    written = {path.name for path in (DOCS / "reference").glob("*.md")}
    assert written == set(GENERATOR.PAGES)
