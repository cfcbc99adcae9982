-- A small project as its documentation advises it: row-level security on every table, policies for signed-in
-- callers with wrapped look-ups, views that read as the caller. Run as postgres.

create table public.profiles (
    id uuid primary key references auth.users (id) on delete cascade,
    username text unique not null,
    avatar_url text,
    updated_at timestamptz not null default now()
);
create table public.posts (
    id bigint generated always as identity primary key,
    author_id uuid not null references public.profiles (id) on delete cascade,
    title text not null,
    body text not null default '',
    published boolean not null default false
);
create index posts_author_id_idx on public.posts (author_id);
create table public.comments (
    id bigserial primary key,
    post_id bigint not null references public.posts (id) on delete cascade,
    author_id uuid not null references public.profiles (id) on delete cascade,
    body text not null
);
create index comments_post_id_idx on public.comments (post_id);
create index comments_author_id_idx on public.comments (author_id);

alter table public.profiles enable row level security;
alter table public.posts enable row level security;
alter table public.comments enable row level security;

create policy "Profiles are public" on public.profiles for select to anon, authenticated using (true);
create policy "Users change their own profile" on public.profiles for update to authenticated
    using ((select auth.uid()) = id) with check ((select auth.uid()) = id);
create policy "Published posts are public" on public.posts for select to anon, authenticated using (published);
create policy "Authors see their posts" on public.posts for select to authenticated
    using (author_id = (select auth.uid()));
create policy "Authors write posts" on public.posts for insert to authenticated
    with check (author_id = (select auth.uid()));
create policy "Authors change their posts" on public.posts for update to authenticated
    using (author_id = (select auth.uid()));
create policy "Authors delete their posts" on public.posts for delete to authenticated
    using (author_id = (select auth.uid()));
create policy "Comments of posts that one sees" on public.comments for select to anon, authenticated
    using (exists (select from public.posts as p where p.id = comments.post_id));
create policy "Signed-in users comment" on public.comments for insert to authenticated
    with check (author_id = (select auth.uid()) and exists (select from public.posts as p where p.id = post_id));

create view public.published_posts with (security_invoker = true) as
select p.id, p.title, a.username
from public.posts as p
join public.profiles as a on a.id = p.author_id
where p.published;

create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = ''
    as $$
begin
    insert into public.profiles (id, username) values (new.id, new.id::text);
    return new;
end
$$;
create trigger on_auth_user_created after insert on auth.users
    for each row execute function public.handle_new_user();

create policy "Avatars are public" on storage.objects for select to anon, authenticated
    using (bucket_id = 'avatars');
create policy "Users upload their avatar" on storage.objects for insert to authenticated
    with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

alter publication supabase_realtime add table public.comments;
