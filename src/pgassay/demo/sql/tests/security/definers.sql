-- With whose rights code runs. A function that runs with its owner's rights walks past row-level
-- security, so each one is named here, has its search path pinned, and belongs to nobody it serves.
-- pgassay: critical

begin;
select plan(45);

select set_eq(
    $$
        select p.oid::regprocedure::text
        from pg_proc as p
        where pronamespace in ('crm'::regnamespace, 'private'::regnamespace)
            and prosecdef
    $$,
    $$
        values
            ('crm.archive_contact(uuid)'),
            ('crm.archive_organization(uuid)'),
            ('crm.merge_contacts(uuid,uuid)'),
            ('crm.restore_contact(uuid)'),
            ('private.audit()'),
            ('private.guard_hierarchy()'),
            ('private.guard_last_admin()'),
            ('private.guard_seats()'),
            ('private.guard_stage()'),
            ('private.my_teams()'),
            ('private.note_contacted()'),
            ('private.price_line()'),
            ('private.public_catalogs()'),
            ('private.record_stage()'),
            ('private.sum_lines()'),
            ('private.tenants_as(crm.member_role)')
    $$,
    'these run with the rights of their owner, and no others'
);

select ok(
    'search_path=""' = any (proconfig),
    format('%s has its search path pinned', p.oid::regprocedure)
)
from pg_proc as p
where pronamespace in ('crm'::regnamespace, 'private'::regnamespace)
    and prokind = 'f'
order by proname;

select is(
    (select proconfig from pg_proc where oid = 'crm.purge_archived(uuid, timestamptz, integer)'::regprocedure),
    null::text[],
    'a procedure that commits may pin nothing'
);

-- How often the planner may ask.
select volatility_is(schema, function, volatility, format('%s.%s is %s', schema, function, volatility))
from (
    values
        ('crm', 'find_duplicates', 'stable'),
        ('crm', 'organization_tree', 'stable'),
        ('crm', 'search', 'stable'),
        ('private', 'may_edit', 'stable'),
        ('private', 'my_teams', 'stable'),
        ('private', 'public_catalogs', 'stable'),
        ('private', 'tenants_as', 'stable'),
        ('private', 'stage_may_follow', 'immutable'),
        ('private', 'stage_probability', 'immutable')
) as expected (schema, function, volatility);

select ok(
    'security_invoker=true' = any (reloptions),
    format('%s sees with the eyes of whoever looks', c.oid::regclass)
)
from pg_class as c
where relnamespace = 'crm'::regnamespace
    and relkind = 'v'
order by relname;

select is_empty(
    $$
        select p.oid::regprocedure
        from pg_proc as p
        where pronamespace in ('crm'::regnamespace, 'private'::regnamespace)
            and proowner in ('anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
    $$,
    'no function belongs to a role that it serves'
);

-- Who is signed in, as the policies read it.
select is(auth.uid(), null::uuid, 'without a request nobody is signed in');
select is(auth.role(), null::text, 'and no role is claimed');
set local request.jwt.claims = '';
select is(auth.uid(), null::uuid, 'an empty claim is none');
set local request.jwt.claims = '{"sub": "6f0b0c0e-4a51-4b3e-9a3e-0d0f6a1c2b3d", "role": "authenticated"}';
select is(auth.uid(), '6f0b0c0e-4a51-4b3e-9a3e-0d0f6a1c2b3d'::uuid, 'sub says who');
select is(auth.role(), 'authenticated', 'role says as what');
select is(auth.jwt() ->> 'role', 'authenticated', 'the whole token can be read');
set local request.jwt.claims = '{"sub": "no uuid"}';
select throws_ok('select auth.uid()', '22P02', null, 'a subject that is no uuid is an error, not nobody');

select * from finish();
rollback;
