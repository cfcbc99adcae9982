-- What goes wrong in such projects. Run as postgres, after project.sql; each fault is found by the check that
-- the test names.

-- rls_disabled: a table made in the editor
create table public.newsletter (id bigint generated always as identity primary key, email text not null);

-- policy_always_true_write
create table public.todos (id bigint primary key, owner_id uuid, body text);
alter table public.todos enable row level security;
create policy "Enable all for all" on public.todos for all using (true) with check (true);

-- policy_trusts_user_metadata
create table public.invoices (id bigint primary key, tenant text);
alter table public.invoices enable row level security;
create policy "Tenant" on public.invoices for select to authenticated
    using (tenant = ((select auth.jwt()) -> 'user_metadata' ->> 'tenant'));

-- policy_without_rls
create table public.drafts (id bigint primary key, owner_id uuid);
create policy "Own" on public.drafts using (owner_id = (select auth.uid()));

-- policy_calls_per_row: one call is wrapped, the other is not
create table public.tasks (id bigint primary key, owner_id uuid, assignee_id uuid);
alter table public.tasks enable row level security;
create policy "Own or assigned" on public.tasks for select to authenticated
    using (owner_id = (select auth.uid()) or assignee_id = auth.uid());

-- platform_tables_exposed
create view public.user_emails as select id, email from auth.users;

-- view_bypasses_rls
create view public.all_posts as select * from public.posts;

-- materialized_view_exposed
create materialized view public.post_counts as select author_id, count(*) from public.posts group by author_id;

-- definer_for_anonymous, definer_search_path
create function public.delete_post(post bigint) returns void language sql security definer
    as 'delete from public.posts where id = post';

-- policy_open_to_strangers
create table public.messages (id bigint primary key, sender_id uuid);
alter table public.messages enable row level security;
create policy "Members" on public.messages for select using ((select auth.uid()) is null);

-- policy_any_signed_in
create table public.settings (id bigint primary key, value text);
alter table public.settings enable row level security;
create policy "Members change" on public.settings for update to authenticated using (auth.role() = 'authenticated');

-- storage_policy_unscoped
create policy "Anyone uploads" on storage.objects for insert to authenticated with check (true);

-- publication_past_rls
alter publication supabase_realtime add table public.newsletter;

-- policy_recursion
create table public.members (team bigint, user_id uuid);
alter table public.members enable row level security;
create policy "Team mates" on public.members for select to authenticated
    using (team in (select m.team from public.members as m where m.user_id = (select auth.uid())));
