-- Harm: connects to another server.
-- Rule: outside_effects

import foreign schema public from server elsewhere into shop;
