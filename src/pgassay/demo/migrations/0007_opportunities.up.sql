-- Opportunities and the rules of their stages. Which step may follow which is one function; the
-- trigger applies it, and the history keeps every step that was taken.

create function private.stage_may_follow(from_stage crm.opportunity_stage, to_stage crm.opportunity_stage)
    returns boolean
    language sql immutable
    set search_path = ''
return (from_stage, to_stage) in (
    -- A list in VALUES is read back as it was written; one without is not, after a dump and a restore.
    values
    ('prospecting'::crm.opportunity_stage, 'qualified'::crm.opportunity_stage),
    ('prospecting', 'lost'),
    ('qualified', 'proposal'),
    ('qualified', 'lost'),
    ('proposal', 'qualified'),
    ('proposal', 'negotiation'),
    ('proposal', 'lost'),
    ('negotiation', 'proposal'),
    ('negotiation', 'won'),
    ('negotiation', 'lost'),
    ('lost', 'prospecting')
);

create function private.stage_probability(stage crm.opportunity_stage) returns integer
    language sql immutable
    set search_path = ''
return case stage
    when 'prospecting' then 10
    when 'qualified' then 25
    when 'proposal' then 50
    when 'negotiation' then 75
    when 'won' then 100
    else 0
end;

create table crm.opportunities (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    organization_id uuid not null,
    primary_contact_id uuid,
    owner_id uuid not null default auth.uid(),
    team_id uuid,
    name text not null,
    stage crm.opportunity_stage not null default 'prospecting',
    probability integer not null,
    amount numeric(14, 2) not null default 0,
    currency crm.currency_code not null default 'EUR',
    expected_close date,
    closed_at timestamptz,
    lost_reason text,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint opportunities_tenant_id_key unique (tenant_id, id),
    constraint opportunities_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint opportunities_organization_fk foreign key (tenant_id, organization_id)
        references crm.organizations (tenant_id, id),
    constraint opportunities_contact_fk foreign key (tenant_id, primary_contact_id)
        references crm.contacts (tenant_id, id) on delete set null (primary_contact_id),
    constraint opportunities_owner_fk foreign key (owner_id) references auth.users (id),
    constraint opportunities_team_fk foreign key (tenant_id, team_id)
        references crm.teams (tenant_id, id) on delete set null (team_id),
    constraint opportunities_name_length check (length(name) between 1 and 200),
    constraint opportunities_probability_range check (probability between 0 and 100),
    constraint opportunities_amount_range check (amount >= 0),
    constraint opportunities_closed_when_decided check ((stage in ('won', 'lost')) = (closed_at is not null)),
    constraint opportunities_lost_for_a_reason check ((stage = 'lost') = (lost_reason is not null))
);

create index opportunities_organization_idx on crm.opportunities (tenant_id, organization_id);
create index opportunities_contact_idx on crm.opportunities (tenant_id, primary_contact_id);
create index opportunities_owner_idx on crm.opportunities (owner_id);
create index opportunities_team_idx on crm.opportunities (tenant_id, team_id);
create index opportunities_open_idx on crm.opportunities (tenant_id, expected_close)
    where closed_at is null and deleted_at is null;

create table crm.opportunity_stage_history (
    id bigint generated always as identity primary key,
    opportunity_id uuid not null,
    from_stage crm.opportunity_stage,
    to_stage crm.opportunity_stage not null,
    changed_by uuid default auth.uid(),
    changed_at timestamptz not null default now(),
    constraint stage_history_opportunity_fk foreign key (opportunity_id)
        references crm.opportunities (id) on delete cascade,
    constraint stage_history_is_a_step check (from_stage <> to_stage)
);

create index stage_history_opportunity_idx on crm.opportunity_stage_history (opportunity_id, changed_at);

create function private.guard_stage() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.stage not in ('prospecting', 'qualified') then
            raise exception 'an opportunity does not start as %', new.stage using errcode = 'CRM20';
        end if;
        new.probability := private.stage_probability(new.stage);
        return new;
    end if;

    if new.stage = old.stage then
        if old.closed_at is not null and new.amount <> old.amount then
            raise exception 'the amount of a closed opportunity is settled' using errcode = 'CRM23';
        end if;
        return new;
    end if;

    if not private.stage_may_follow(old.stage, new.stage) then
        raise exception '% does not follow %', new.stage, old.stage using errcode = 'CRM21';
    end if;
    if old.stage = 'lost' and new.tenant_id not in (select private.tenants_as('manager')) then
        raise exception 'only a manager reopens a lost opportunity' using errcode = 'insufficient_privilege';
    end if;
    if new.stage = 'won' and new.amount = 0 then
        raise exception 'an opportunity is not won without an amount' using errcode = 'CRM22';
    end if;

    new.probability := private.stage_probability(new.stage);
    new.closed_at := case when new.stage in ('won', 'lost') then now() end;
    if new.stage <> 'lost' then
        new.lost_reason := null;
    end if;
    return new;
end
$$;

create function private.record_stage() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        insert into crm.opportunity_stage_history (opportunity_id, to_stage)
        values (new.id, new.stage);
    elsif new.stage <> old.stage then
        insert into crm.opportunity_stage_history (opportunity_id, from_stage, to_stage)
        values (new.id, old.stage, new.stage);
    end if;
    return null;
end
$$;

create trigger opportunities_touch before update on crm.opportunities
    for each row execute function private.touch_updated_at();
create trigger opportunities_guard_stage before insert or update on crm.opportunities
    for each row execute function private.guard_stage();
create trigger opportunities_record_stage after insert or update on crm.opportunities
    for each row execute function private.record_stage();

revoke execute on function private.stage_may_follow(crm.opportunity_stage, crm.opportunity_stage) from public;
revoke execute on function private.stage_probability(crm.opportunity_stage) from public;
revoke execute on function private.guard_stage() from public;
revoke execute on function private.record_stage() from public;

alter table crm.opportunities enable row level security;
alter table crm.opportunity_stage_history enable row level security;

grant select, insert, update, delete on crm.opportunities to authenticated, service_role;
grant select on crm.opportunity_stage_history to authenticated, service_role;

create policy opportunities_tenant_wall on crm.opportunities as restrictive for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy opportunities_select_owner on crm.opportunities for select to authenticated
    using (owner_id = (select auth.uid()) and deleted_at is null);
create policy opportunities_select_team on crm.opportunities for select to authenticated
    using (team_id = any (array(select private.my_teams())) and deleted_at is null);
create policy opportunities_select_manager on crm.opportunities for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy opportunities_insert_rep on crm.opportunities for insert to authenticated
    with check (
        owner_id = (select auth.uid())
        and tenant_id = any (array(select private.tenants_as('rep')))
    );
create policy opportunities_update_owner on crm.opportunities for update to authenticated
    using (owner_id = (select auth.uid()));
create policy opportunities_update_manager on crm.opportunities for update to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy opportunities_delete_admin on crm.opportunities for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));

-- The history of what one may see: the inner query is itself under row-level security.
create policy stage_history_select_visible on crm.opportunity_stage_history for select to authenticated
    using (exists (select from crm.opportunities as o where o.id = opportunity_id));
