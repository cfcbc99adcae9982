-- Full-text search. Names are weighted above the rest; the configuration is 'simple', because names
-- have no stems. The function runs as its caller: row-level security decides what is found.

alter table crm.contacts add column search tsvector not null
    generated always as (
        setweight(to_tsvector('simple', first_name || ' ' || last_name), 'A')
        || setweight(to_tsvector('simple', coalesce(email, '')), 'B')
        || setweight(to_tsvector('simple', coalesce(job_title, '')), 'C')
    ) stored;

alter table crm.organizations add column search tsvector not null
    generated always as (
        setweight(to_tsvector('simple', name), 'A')
        || setweight(to_tsvector('simple', coalesce(website, '') || ' ' || coalesce(industry, '')), 'B')
    ) stored;

alter table crm.interactions add column search tsvector not null
    generated always as (
        setweight(to_tsvector('simple', subject), 'A')
        || setweight(to_tsvector('simple', body), 'D')
    ) stored;

create index contacts_search_idx on crm.contacts using gin (search);
create index organizations_search_idx on crm.organizations using gin (search);
create index interactions_search_idx on crm.interactions using gin (search);

create function crm.search(words text, max_results integer default 20)
    returns table (kind text, id uuid, title text, rank real)
    language sql stable
    set search_path = ''
as $$
    with query as (
        select websearch_to_tsquery('simple', words) as q
    ),
    hits as (
        select 'contact' as kind, c.id, c.first_name || ' ' || c.last_name as title, ts_rank(c.search, q) as rank
        from query
        join crm.contacts as c on c.search @@ q
        where c.deleted_at is null
        union all
        select 'organization', o.id, o.name, ts_rank(o.search, q)
        from query
        join crm.organizations as o on o.search @@ q
        where o.deleted_at is null
        union all
        select 'interaction', i.id, i.subject, ts_rank(i.search, q)
        from query
        join crm.interactions as i on i.search @@ q
    )
    select hits.kind, hits.id, hits.title, hits.rank
    from hits
    order by hits.rank desc, hits.title, hits.id
    limit least(greatest(max_results, 1), 100)
$$;

revoke execute on function crm.search(text, integer) from public;
grant execute on function crm.search(text, integer) to authenticated, service_role;
