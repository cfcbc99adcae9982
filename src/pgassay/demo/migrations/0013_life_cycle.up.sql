-- Soft delete, restoring, merging and purging. The functions are definers with checks of their own:
-- an owner who archived a contact with a plain UPDATE would be stopped by row-level security, because
-- the archived row is one that the owner may no longer see.

create function private.may_edit(tenant uuid, owner uuid) returns boolean
    language sql stable
    set search_path = ''
return coalesce(
    (select auth.role()) = 'service_role'
    or tenant in (select private.tenants_as('manager'))
    or (owner = (select auth.uid()) and tenant in (select private.tenants_as('rep'))),
    false
);

create function crm.archive_contact(contact uuid) returns timestamptz
    language plpgsql security definer
    set search_path = ''
as $$
declare
    target crm.contacts;
begin
    select * into target from crm.contacts where id = contact and deleted_at is null for update;
    if not found then
        raise exception 'there is no such contact' using errcode = 'CRM40';
    end if;
    if not private.may_edit(target.tenant_id, target.owner_id) then
        raise exception 'this contact is not yours to archive' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select
        from crm.opportunities as o
        where o.tenant_id = target.tenant_id
            and o.primary_contact_id = contact
            and o.closed_at is null
            and o.deleted_at is null
    ) then
        raise exception 'this contact still has an open opportunity' using errcode = 'CRM41';
    end if;
    update crm.contacts set deleted_at = now() where id = contact;
    return now();
end
$$;

create function crm.restore_contact(contact uuid) returns void
    language plpgsql security definer
    set search_path = ''
as $$
declare
    target crm.contacts;
begin
    select * into target from crm.contacts where id = contact and deleted_at is not null for update;
    if not found then
        raise exception 'there is no such archived contact' using errcode = 'CRM40';
    end if;
    if not private.may_edit(target.tenant_id, target.owner_id) then
        raise exception 'this contact is not yours to restore' using errcode = 'insufficient_privilege';
    end if;
    if target.merged_into is not null then
        raise exception 'a merged contact is not restored' using errcode = 'CRM42';
    end if;
    update crm.contacts set deleted_at = null where id = contact;
end
$$;

create function crm.archive_organization(organization uuid) returns integer
    language plpgsql security definer
    set search_path = ''
as $$
declare
    target crm.organizations;
    archived integer;
begin
    select * into target from crm.organizations where id = organization and deleted_at is null for update;
    if not found then
        raise exception 'there is no such organization' using errcode = 'CRM40';
    end if;
    if not private.may_edit(target.tenant_id, target.owner_id) then
        raise exception 'this organization is not yours to archive' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select
        from crm.organizations as child
        where child.tenant_id = target.tenant_id
            and child.parent_id = organization
            and child.deleted_at is null
    ) then
        raise exception 'this organization still has branches' using errcode = 'CRM43';
    end if;
    if exists (
        select
        from crm.opportunities as o
        where o.tenant_id = target.tenant_id
            and o.organization_id = organization
            and o.closed_at is null
            and o.deleted_at is null
    ) then
        raise exception 'this organization still has an open opportunity' using errcode = 'CRM41';
    end if;
    update crm.contacts
    set deleted_at = now()
    where tenant_id = target.tenant_id
        and organization_id = organization
        and deleted_at is null;
    get diagnostics archived = row_count;
    update crm.organizations set deleted_at = now() where id = organization;
    return archived;
end
$$;

create function crm.find_duplicates(contact uuid)
    returns table (id uuid, same_email boolean, same_phone boolean, same_name boolean)
    language sql stable
    set search_path = ''
as $$
    select
        other.id,
        coalesce(lower(other.email) = lower(self.email), false),
        coalesce(other.phone = self.phone, false),
        lower(other.first_name || ' ' || other.last_name) = lower(self.first_name || ' ' || self.last_name)
    from crm.contacts as self
    join crm.contacts as other on other.tenant_id = self.tenant_id and other.id <> self.id
    where self.id = contact
        and other.deleted_at is null
        and (
            lower(other.email) = lower(self.email)
            or other.phone = self.phone
            or lower(other.first_name || ' ' || other.last_name) = lower(self.first_name || ' ' || self.last_name)
        )
    order by other.id
$$;

create function crm.merge_contacts(winner uuid, loser uuid) returns crm.contacts
    language plpgsql security definer
    set search_path = ''
as $$
declare
    kept crm.contacts;
    gone crm.contacts;
begin
    if winner = loser then
        raise exception 'a contact is not merged with itself' using errcode = 'CRM50';
    end if;
    -- In the order of the keys, so that two merges of the same pair wait instead of deadlocking.
    perform from crm.contacts where id in (winner, loser) order by id for update;
    select * into kept from crm.contacts where id = winner and deleted_at is null;
    select * into gone from crm.contacts where id = loser and deleted_at is null;
    if kept.id is null or gone.id is null then
        raise exception 'there is no such contact' using errcode = 'CRM40';
    end if;
    if kept.tenant_id <> gone.tenant_id then
        raise exception 'contacts of two tenants are not merged' using errcode = 'CRM51';
    end if;
    if not private.may_edit(kept.tenant_id, kept.owner_id) or not private.may_edit(gone.tenant_id, gone.owner_id)
    then
        raise exception 'these contacts are not yours to merge' using errcode = 'insufficient_privilege';
    end if;

    update crm.interactions set contact_id = winner where contact_id = loser and tenant_id = kept.tenant_id;
    update crm.opportunities
    set primary_contact_id = winner
    where primary_contact_id = loser
        and tenant_id = kept.tenant_id;
    insert into crm.contact_tags (tenant_id, contact_id, tag_id, added_by, added_at)
    select tenant_id, winner, tag_id, added_by, added_at
    from crm.contact_tags
    where contact_id = loser
    on conflict do nothing;
    delete from crm.contact_tags where contact_id = loser;

    -- The loser leaves first: its address is free for the winner only then.
    update crm.contacts set deleted_at = now(), merged_into = winner where id = loser;
    update crm.contacts
    set email = coalesce(email, gone.email),
        phone = coalesce(phone, gone.phone),
        job_title = coalesce(job_title, gone.job_title),
        organization_id = coalesce(organization_id, gone.organization_id),
        last_contacted_at = greatest(last_contacted_at, gone.last_contacted_at)
    where id = winner
    returning * into kept;
    return kept;
end
$$;

-- A procedure, because it commits after each batch: neither locks nor dead rows pile up.
create procedure crm.purge_archived(tenant uuid, archived_before timestamptz, batch_size integer default 500)
    language plpgsql
as $$
declare
    purged integer;
begin
    if batch_size < 1 then
        raise exception 'a batch has at least one row' using errcode = 'invalid_parameter_value';
    end if;
    loop
        delete from crm.contacts as c
        where c.id in (
            select id
            from crm.contacts
            where tenant_id = tenant
                and deleted_at < archived_before
            limit batch_size
        );
        get diagnostics purged = row_count;
        commit;
        exit when purged < batch_size;
    end loop;
end
$$;

revoke execute on function private.may_edit(uuid, uuid) from public;
revoke execute on function crm.archive_contact(uuid) from public;
revoke execute on function crm.restore_contact(uuid) from public;
revoke execute on function crm.archive_organization(uuid) from public;
revoke execute on function crm.find_duplicates(uuid) from public;
revoke execute on function crm.merge_contacts(uuid, uuid) from public;
revoke execute on procedure crm.purge_archived(uuid, timestamptz, integer) from public;

grant execute on function crm.archive_contact(uuid) to authenticated, service_role;
grant execute on function crm.restore_contact(uuid) to authenticated, service_role;
grant execute on function crm.archive_organization(uuid) to authenticated, service_role;
grant execute on function crm.find_duplicates(uuid) to authenticated, service_role;
grant execute on function crm.merge_contacts(uuid, uuid) to authenticated, service_role;
grant execute on procedure crm.purge_archived(uuid, timestamptz, integer) to service_role;
