-- Harm: waits within a function of the database that has a limit of its own.
-- Rule: guarded_settings

select shop.patient();
