"""The read-only tier: once the plan is made nothing but temporary objects can be written, by whatever way."""

import pytest

from fix_production import Live, evidence
from fix_suite import passing
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome

INSERT = "insert into items (name) values ('nail')"
READS = {
    "a_plain.sql": passing("is(items_count(), 2::bigint)", "has_table('items')"),
    "b_results.sql": passing(
        "results_eq('select name from items order by 1', array['hammer', 'saw'])",
        "is_empty('select 1 limit 0')",
    ),
    "c_no_plan.sql": "begin;\nselect no_plan();\nselect pass('a');\nselect * from finish();\nrollback;\n",
    "d_prepares.sql": passing(
        "results_eq('p', array[2::bigint])", body="prepare p as select count(*) from items;"
    ),
    "e_savepoints.sql": passing("pass('s')", body="savepoint s; release s; savepoint t; rollback to t;"),
    "f_no_block.sql": "select plan(1);\nselect is(items_count(), 2::bigint);\nselect * from finish();\n",
    "g_asks_first.sql": "begin;\nselect count(*) as many from items \\gset\nselect plan(:many);\n"
    "select pass('a');\nselect pass('b');\nselect * from finish();\nrollback;\n",
}
WRITES = {
    "m_insert.sql": passing("pass('never')", body=f"{INSERT};"),
    "n_asserted.sql": passing(f"lives_ok($q${INSERT}$q$)"),
    "o_expected.sql": passing(f"throws_ok($q${INSERT}$q$, '42501')"),
    "p_before_plan.sql": f"begin;\n{INSERT};\nselect plan(1);\nselect pass('x');\nselect * from finish();\n",
    "q_behind_savepoint.sql": passing("pass('x')", body=f"savepoint s; release s; {INSERT};"),
    "r_planned_in_savepoint.sql": "begin;\nsavepoint s;\nselect plan(1);\nrelease s;\n"
    f"{INSERT};\nselect pass('x');\nselect * from finish();\n",
    "s_next_block.sql": "begin;\nselect plan(1);\nselect pass('x');\nselect * from finish();\nrollback;\n"
    f"begin;\n{INSERT};\nrollback;\n",
    "t_commits.sql": f"begin;\nselect plan(1);\nselect pass('x');\ncommit;\n{INSERT};\n",
    "u_makes_table.sql": passing("pass('x')", body="create table made (a int);"),
    "v_sequence.sql": passing(
        "pass('x')", body="do $$ begin perform lastval(); exception when others then null; end $$; " + INSERT
        + ";"
    ),
}  # fmt: skip
STUBBORN = {
    "x_back_to_write.sql": passing("pass('x')", body="set transaction read write;"),
    "y_back_by_setting.sql": passing("pass('x')", body="set local transaction_read_only = off;"),
    "z_back_in_savepoint.sql": passing("pass('x')", body="savepoint s; set transaction read write;"),
}


def test_reading_passes_writing_needs_the_other_tier(live: Live) -> None:
    files = READS | WRITES | STUBBORN
    for name, text in files.items():
        live.project.put(name, text)
    before = live.dump()

    done = live.safely(tier="read-only")

    outcomes = {name: done.results[name].outcome for name in files}
    assert outcomes == {
        **dict.fromkeys(READS, Outcome.PASSED),
        **dict.fromkeys(WRITES, Outcome.NEEDS_ROLLBACK),
        **dict.fromkeys(STUBBORN, Outcome.FAILED),
    }, done.stdout
    for name in files:
        found = evidence(done, name)
        assert standing_of(found) is Standing.VERIFIED, (name, found.claims)
        assert "it wrote no row" in {claim.name for claim in found.claims}
    assert live.dump() == before


def test_what_wrote_says_where(live18: Live) -> None:
    live18.project.put("a.sql", WRITES["m_insert.sql"])
    live18.project.put("b.sql", passing())

    done = live18.safely(tier="read-only")

    assert done.status == Exit.OK
    assert "1 in need of the rollback tier" in done.stdout
    assert done.results["a.sql"].skip_reason == (
        "cannot execute INSERT in a read-only transaction at a.sql:3"
    )


def test_a_run_in_which_nothing_could_run_is_no_success(live18: Live) -> None:
    live18.project.put("a.sql", WRITES["m_insert.sql"])

    assert live18.safely(tier="read-only").status == Exit.USAGE


@pytest.mark.parametrize("tier", ["readonly", "none"])
def test_there_are_two_tiers(live18: Live, tier: str) -> None:
    live18.project.put("a.sql", passing())

    done = live18.safely(tier=tier)

    assert done.status == Exit.USAGE
    assert "rollback or read-only" in done.stderr
