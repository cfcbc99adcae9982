-- Harm: the row stays; the word stands among comments.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
/* rollback; /* nested */ */ CoMmIt /* not */ -- really
  WoRk;
