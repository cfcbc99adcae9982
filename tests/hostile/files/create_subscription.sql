-- Harm: connects to another server and keeps its WAL.
-- Rule: not_transactional

create subscription mine connection 'host=elsewhere.invalid' publication all_of_it;
