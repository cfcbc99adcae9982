SELECT plan(4);
SELECT is(current_setting('statement_timeout'), '0'::text, 'statement_timeout');
SELECT is(current_setting('lock_timeout'), '0'::text, 'lock_timeout');
SELECT is(current_setting('idle_in_transaction_session_timeout'), '0'::text, 'idle_in_transaction_session_timeout');
SELECT is(current_setting('search_path'), '"$user", public'::text, 'search_path');
