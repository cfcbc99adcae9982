-- Harm: the statement is hidden from who reads it.
-- Rule: unreadable

select lives_ok(translate('usvodbuf tipq.psefst', 'bcdefghijklmnopqrstuv', 'abcdefghijklmnopqrstu'));
