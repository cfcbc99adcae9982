-- Harm: gives a role to somebody.
-- Rule: roles

grant pg_write_all_data to public;
