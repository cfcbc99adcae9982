"""The interpreter that runs the workflow in tests answers as GitHub's documentation says."""

import pytest

from workflow_expressions import Surroundings, Unknown, fill, holds

CONTEXTS = {
    "inputs": {"yes": True, "no": False, "text": "Some", "empty": ""},
    "steps": {"plan": {"outcome": "success", "outputs": {"pending": "0", "two": "2"}}},
}


def surroundings(*, good: bool = True, cancelled: bool = False) -> Surroundings:
    status = {"success": good, "failure": not good, "always": True, "cancelled": cancelled}
    return Surroundings(contexts=CONTEXTS, status=status)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ("inputs.yes", True),
        ("${{ inputs.yes }}", True),
        ("${{ !inputs.yes }}", False),
        ("${{ !inputs.no }}", True),
        ("${{ !inputs.absent }}", True),
        ("${{ inputs.text == 'some' }}", True),
        ("${{ inputs.text != 'some' }}", False),
        ("${{ steps.plan.outputs.pending != '0' }}", False),
        ("${{ steps.plan.outputs.two != '0' && inputs.yes }}", True),
        ("${{ steps.absent.outputs.two == '' }}", True),
        ("${{ inputs.yes && inputs.empty }}", False),
        ("${{ inputs.empty || inputs.text }}", True),
        ("${{ inputs.no || inputs.no == false && inputs.yes }}", True),
        ("${{ !(inputs.yes && inputs.no) }}", True),
        ("${{ failure() }}", False),
        ("${{ 'it''s' == 'it''s' }}", True),
    ],
)
def test_conditions_where_all_went_well(condition: str | None, expected: bool) -> None:
    assert holds(condition, surroundings()) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, False),
        ("${{ inputs.yes }}", False),
        ("${{ !inputs.no }}", False),
        ("${{ always() }}", True),
        ("${{ !cancelled() }}", True),
        ("${{ failure() && inputs.yes }}", True),
        ("${{ success() || inputs.yes }}", True),
        ("${{ !cancelled() && steps.plan.outcome == 'success' }}", True),
    ],
)
def test_conditions_where_something_failed(condition: str | None, expected: bool) -> None:
    assert holds(condition, surroundings(good=False)) is expected


def test_values_go_into_texts() -> None:
    assert fill("${{ inputs.text }}/${{ inputs.no }}/${{ inputs.absent }}.", surroundings()) == "Some/false/."


@pytest.mark.parametrize(
    "text",
    ["vars.x == 1", "inputs.a > 'b'", "hashFiles('x')", "inputs", "inputs.yes inputs.no", "(true", "!"],
)
def test_what_is_not_known_is_an_error(text: str) -> None:
    with pytest.raises(Unknown):
        holds(text, surroundings())
