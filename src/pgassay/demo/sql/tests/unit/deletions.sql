-- What goes along when the other end of a reference is deleted, and what is only cut loose.

begin;
select plan(31);
\ir ../_support/world.sql

-- Each is a deletion that is undone again.
create function pg_temp.after(deletion text, question text) returns bigint
    language plpgsql
as $$
declare
    answer bigint;
begin
    begin
        execute deletion;
        execute question into answer;
        raise exception using errcode = 'UNDO0';
    exception
        when sqlstate 'UNDO0' then
            return answer;
    end;
end
$$;

select is(pg_temp.after(deletion, question), wanted::bigint, what)
from (
    values
        ('memberships go with their user', 0,
            $$delete from auth.users where id = pg_temp.id('vic')$$,
            $$select count(*) from crm.memberships where user_id = pg_temp.id('vic')$$),
        ('who leaves the tenant leaves its teams', 0,
            $$delete from crm.memberships where user_id = pg_temp.id('theo')$$,
            $$select count(*) from crm.team_members where user_id = pg_temp.id('theo')$$),
        ('team members go with their team', 0,
            $$delete from crm.teams where id = pg_temp.id('sales')$$,
            $$select count(*) from crm.team_members where team_id = pg_temp.id('sales')$$),
        ('an organization loses its team, not its tenant', 1,
            $$delete from crm.teams where id = pg_temp.id('sales')$$, $$
                select count(*) from crm.organizations
                where id = pg_temp.id('globex') and team_id is null and tenant_id = pg_temp.id('north')
            $$),
        ('a contact loses its team', 1,
            $$delete from crm.teams where id = pg_temp.id('sales')$$,
            $$select count(*) from crm.contacts where id = pg_temp.id('carl') and team_id is null$$),
        ('an opportunity loses its team', 1,
            $$delete from crm.teams where id = pg_temp.id('sales')$$,
            $$select count(*) from crm.opportunities where id = pg_temp.id('deal') and team_id is null$$),
        ('a contact loses its organization', 1,
            $$update crm.contacts set organization_id = pg_temp.id('initech') where id = pg_temp.id('frida');
              delete from crm.organizations where id = pg_temp.id('initech')$$,
            $$select count(*) from crm.contacts where id = pg_temp.id('frida') and organization_id is null$$),
        ('a merged contact forgets into whom', 1,
            $$update crm.contacts set merged_into = pg_temp.id('frida') where id = pg_temp.id('arne');
              delete from crm.contacts where id = pg_temp.id('frida')$$,
            $$select count(*) from crm.contacts where id = pg_temp.id('arne') and merged_into is null$$),
        ('an opportunity loses its contact', 1,
            $$delete from crm.contacts where id = pg_temp.id('carl')$$,
            $$select count(*) from crm.opportunities where id = pg_temp.id('deal') and primary_contact_id is null$$),
        ('interactions go with their contact', 0,
            $$delete from crm.contacts where id = pg_temp.id('carl')$$,
            $$select count(*) from crm.interactions where id = pg_temp.id('call')$$),
        ('the tags of a contact go with it', 0,
            $$delete from crm.contacts where id = pg_temp.id('carl')$$,
            $$select count(*) from crm.contact_tags where contact_id = pg_temp.id('carl')$$),
        ('an interaction loses its opportunity', 1,
            $$delete from crm.opportunities where id = pg_temp.id('deal')$$,
            $$select count(*) from crm.interactions where id = pg_temp.id('call') and opportunity_id is null$$),
        ('lines go with their opportunity', 0,
            $$delete from crm.opportunities where id = pg_temp.id('deal')$$,
            $$select count(*) from crm.opportunity_products where opportunity_id = pg_temp.id('deal')$$),
        ('the history goes with its opportunity', 0,
            $$delete from crm.opportunities where id = pg_temp.id('deal')$$,
            $$select count(*) from crm.opportunity_stage_history where opportunity_id = pg_temp.id('deal')$$),
        ('a tag leaves the contacts that it was tied to', 0,
            $$delete from crm.tags where id = pg_temp.id('vip')$$,
            $$select count(*) from crm.contact_tags where tag_id = pg_temp.id('vip')$$),
        ('a tag leaves the organizations, too', 0,
            $$delete from crm.tags where id = pg_temp.id('vip')$$,
            $$select count(*) from crm.organization_tags where tag_id = pg_temp.id('vip')$$),
        ('the tags of an organization go with it', 0,
            $$insert into crm.organization_tags (tenant_id, organization_id, tag_id)
              values (pg_temp.id('north'), pg_temp.id('initech'), pg_temp.id('vip'));
              delete from crm.organizations where id = pg_temp.id('initech')$$,
            $$select count(*) from crm.organization_tags where organization_id = pg_temp.id('initech')$$)
) as deleted (what, wanted, deletion, question);

-- A tenant takes everything along but the log.
delete from crm.tenants where id = pg_temp.id('north');
select is_empty(
    format('select 1 from crm.%I where tenant_id = pg_temp.id(%L)', relation, 'north'),
    relation || ' of a deleted tenant are gone'
)
from unnest(array[
    'memberships', 'teams', 'team_members', 'organizations', 'contacts', 'products', 'opportunities',
    'opportunity_products', 'interactions', 'tags', 'contact_tags', 'organization_tags'
]) as relation;
select isnt_empty(
    $$select from crm.audit_log where tenant_id = pg_temp.id('north') and action = 'DELETE'$$,
    'the log of a deleted tenant stays'
);
select isnt_empty(
    $$select from crm.contacts where tenant_id = pg_temp.id('south')$$,
    'another tenant is not touched'
);

select * from finish();
rollback;
