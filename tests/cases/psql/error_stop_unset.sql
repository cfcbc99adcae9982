\unset ON_ERROR_STOP
SELECT plan(1);
SELECT no_such_function_here();
SELECT pass('a');
SELECT * FROM finish();
