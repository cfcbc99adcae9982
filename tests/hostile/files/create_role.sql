-- Harm: a role for all databases; others wait who make one.
-- Rule: roles

create role tester superuser login;
