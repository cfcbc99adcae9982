BEGIN;
SELECT plan(1);
SELECT is(:SERVER_VERSION_NUM, current_setting('server_version_num')::integer, 'SERVER_VERSION_NUM');
SELECT * FROM finish();
ROLLBACK;
