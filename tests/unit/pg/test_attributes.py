import pytest

from pgassay.pg.attributes import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ('""', [""]),
        ("public", ["public"]),
        ('"$user", public', ["$user", "public"]),
        ("a,b , c", ["a", "b", "c"]),
        ('"say ""hi"", you", x', ['say "hi", you', "x"]),
    ],
)
def test_a_list_of_names_is_read_as_the_server_writes_it(text: str, names: list[str]) -> None:
    assert names_in(text) == names
