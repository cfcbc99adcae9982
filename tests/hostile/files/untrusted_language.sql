-- Harm: runs Python on the server.
-- Rule: languages

do language plpython3u $$ import os; os.system('touch /tmp/left_behind') $$;
