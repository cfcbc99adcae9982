"""What the documentation points at is there."""

import re
from pathlib import Path

import pytest

from repository import ROOT, files, place, text_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PAGES = [path for path in files() if path.suffix == ".md"]


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(text_of(page))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_guide_and_note_can_be_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page not in reached and page.is_file():
            reached.add(page)
            targets = [target.partition("#")[0] for target in LINK.findall(text_of(page))]
            todo += [(page.parent / each).resolve() for each in targets if each.endswith(".md")]
    assert [place(page) for page in PAGES if page.is_relative_to(ROOT / "docs") and page not in reached] == []
