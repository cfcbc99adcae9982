SELECT plan(1);
SELECT pass('the plan is met');
SELECT 1 AS "no name" \gset
