-- title: Storage policy that is not limited to a bucket
-- level: warning
-- since: 14
-- parameter: tables = storage.objects (names) tables of the platform that users write policies for
-- parameter: column = bucket_id (text) the column that parts one bucket from another
-- help: Begin the condition of {object} with: bucket_id = '…' and …
--
-- All buckets are rows of one table, so a policy that does not name a bucket holds for each of them, also for
-- those that come tomorrow. Failed for changing files where the condition is always true.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format(
        'holds for every bucket, for %s: %s',
        case p.polcmd
            when '*' then 'all commands'
            when 'r' then 'select'
            when 'a' then 'insert'
            when 'w' then 'update'
            else 'delete'
        end,
        condition
    ) as detail,
    case when condition = 'true' and p.polcmd <> 'r' then 'failed' else 'warning' end as level
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select pg_get_expr(case p.polcmd when 'a' then p.polwithcheck else p.polqual end, p.polrelid) as condition
) as deciding
where n.nspname || '.' || c.relname = any (:'tables'::text[])
    and p.polpermissive
    and condition !~ ('\m' || :'column' || '\M')
    and exists (
        select
        from unnest(p.polroles) as addressed (role)
        where addressed.role = 0
            or exists (
                select
                from pg_catalog.pg_roles as r
                where r.rolname = any (:'api_roles'::name[])
                    and pg_has_role(r.oid, addressed.role, 'usage')
            )
    );

-- breaks: whoever owns the file, in any bucket
create schema storage;
create table storage.objects (id uuid primary key, bucket_id text, owner_id name);
alter table storage.objects enable row level security;
create policy own on storage.objects for select using (owner_id = current_user);

-- breaks: everyone uploads everywhere
-- expect: failed
create schema storage;
create table storage.objects (id uuid primary key, bucket_id text, owner_id name);
alter table storage.objects enable row level security;
create policy uploading on storage.objects for insert with check (true);

-- holds: one bucket
create schema storage;
create table storage.objects (id uuid primary key, bucket_id text, owner_id name);
alter table storage.objects enable row level security;
create policy avatars on storage.objects for select using (bucket_id = 'avatars' and owner_id = current_user);
