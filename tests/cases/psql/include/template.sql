-- Functions and views of the database, for the scripts that use what a project has installed.
CREATE FUNCTION parity_login(who text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL parity.login = 'ann';
END
$$;
CREATE VIEW parity_view AS SELECT set_config('parity.view', 'ann', true) AS login;
