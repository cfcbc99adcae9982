-- Calls, mails, meetings and notes. Whoever sees a contact sees what was said to it; only the
-- author changes it.

alter table crm.contacts add column last_contacted_at timestamptz;

create table crm.interactions (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    contact_id uuid not null,
    opportunity_id uuid,
    owner_id uuid not null default auth.uid(),
    kind crm.interaction_kind not null,
    subject text not null,
    body text not null default '',
    duration_minutes integer,
    occurred_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    constraint interactions_contact_fk foreign key (tenant_id, contact_id)
        references crm.contacts (tenant_id, id) on delete cascade,
    constraint interactions_opportunity_fk foreign key (tenant_id, opportunity_id)
        references crm.opportunities (tenant_id, id) on delete set null (opportunity_id),
    constraint interactions_owner_fk foreign key (owner_id) references auth.users (id),
    constraint interactions_subject_length check (length(subject) between 1 and 200),
    constraint interactions_duration_range check (duration_minutes between 1 and 1440),
    constraint interactions_only_talk_lasts check (kind in ('call', 'meeting') or duration_minutes is null)
);

create index interactions_contact_idx on crm.interactions (tenant_id, contact_id, occurred_at desc);
create index interactions_opportunity_idx on crm.interactions (tenant_id, opportunity_id);
create index interactions_owner_idx on crm.interactions (owner_id, occurred_at desc);

-- Definer: a teammate may log a call with a contact without the right to edit that contact.
create function private.note_contacted() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
begin
    if new.kind <> 'note' then
        update crm.contacts
        set last_contacted_at = greatest(last_contacted_at, new.occurred_at)
        where id = new.contact_id;
    end if;
    return null;
end
$$;

create trigger interactions_note_contacted after insert on crm.interactions
    for each row execute function private.note_contacted();

revoke execute on function private.note_contacted() from public;

alter table crm.interactions enable row level security;

grant select, insert, update, delete on crm.interactions to authenticated, service_role;

create policy interactions_tenant_wall on crm.interactions as restrictive for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy interactions_select_author on crm.interactions for select to authenticated
    using (owner_id = (select auth.uid()));
create policy interactions_select_visible on crm.interactions for select to authenticated
    using (exists (select from crm.contacts as c where c.id = contact_id));
create policy interactions_insert_author on crm.interactions for insert to authenticated
    with check (
        owner_id = (select auth.uid())
        and tenant_id = any (array(select private.tenants_as('rep')))
        and exists (select from crm.contacts as c where c.id = contact_id)
    );
create policy interactions_update_author on crm.interactions for update to authenticated
    using (owner_id = (select auth.uid()));
create policy interactions_delete_author on crm.interactions for delete to authenticated
    using (owner_id = (select auth.uid()));
