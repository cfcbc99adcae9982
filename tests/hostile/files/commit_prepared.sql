-- Harm: finishes the transaction of somebody else.
-- Rule: commits

commit prepared 'of the application';
