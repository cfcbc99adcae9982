-- Harm: the server keeps notifications for the session.
-- Rule: outside_effects

listen shop;
