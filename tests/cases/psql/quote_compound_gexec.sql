SELECT plan(2)\; SELECT 'SELECT pass(''a'')' UNION ALL SELECT 'SELECT pass(''b'')' \gexec
