SELECT plan(1);
\i 'include/a pass.psql'
