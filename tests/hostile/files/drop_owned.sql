-- Harm: drops all that somebody has.
-- Rule: roles

drop owned by current_user cascade;
