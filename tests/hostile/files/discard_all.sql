-- Harm: lifts the limits of the session.
-- Rule: not_transactional

discard all;
