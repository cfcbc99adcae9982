"""Whatever a test prints can be stored."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.store.values import cleaner, from_json, to_json

utf8 = cleaner("UTF8")


@given(st.text())
def test_any_text_becomes_storable(text: str) -> None:
    clean = utf8(text)

    assert "\0" not in clean
    assert len(clean) == len(text)
    clean.encode()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_storable_text_stays_as_it_is(text: str) -> None:
    assert utf8(text) == text


@given(st.text())
def test_another_encoding_gets_what_every_encoding_has(text: str) -> None:
    clean = cleaner("EUC_JP")(text)

    assert clean.isascii()
    assert "\0" not in clean


def test_replacements_can_be_seen() -> None:
    assert utf8("a\0b\ud800c") == "a\N{SYMBOL FOR NULL}b\N{REPLACEMENT CHARACTER}c"
    assert cleaner("EUC_JP")("é\0") == "\\xe9\\x00"


@given(st.text(), st.sampled_from(["LATIN1", "LATIN9", "WIN1252", "KOI8R"]))
def test_what_an_encoding_has_stays(text: str, encoding: str) -> None:
    clean = cleaner(encoding)(text)
    codec = {"LATIN1": "latin-1", "LATIN9": "iso8859-15", "WIN1252": "cp1252", "KOI8R": "koi8-r"}[encoding]
    assert clean.encode(codec).decode(codec) == clean
    assert "\0" not in clean


def test_what_an_encoding_lacks_can_be_seen() -> None:
    assert cleaner("LATIN1")("tür … \0\x85\ud800") == "tür \\u2026 \\x00\\x85\\ud800"
    assert cleaner("LATIN9")("€ ¤") == "€ \\xa4"


def test_a_value_comes_back_from_json() -> None:
    problems = (
        Problem(
            trouble=Trouble.DIED, message='"\\u0000"\n✓', place=Place(path="a", line=3), detail=("", "x")
        ),
        Problem(trouble=Trouble.COMMITTED, message=""),
    )

    assert from_json(to_json(problems, utf8), tuple[Problem, ...]) == problems


def test_json_is_cleaned_within() -> None:
    problem = Problem(trouble=Trouble.DIED, message="\0", detail=("\udfff",))

    assert json.loads(to_json(problem, utf8)) == {
        "trouble": "died",
        "message": "\N{SYMBOL FOR NULL}",
        "place": None,
        "detail": ["\N{REPLACEMENT CHARACTER}"],
        "sqlstate": "",
    }
