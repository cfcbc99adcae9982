-- Harm: the planner counts the rows of the test.
-- Rule: statistics

analyze shop.customers;
