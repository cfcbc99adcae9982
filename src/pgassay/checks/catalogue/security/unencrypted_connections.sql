-- title: Server that listens without encryption
-- level: warning
-- since: 14
-- help: Set ssl = on with a certificate, and use hostssl in pg_hba.conf.
--
-- Passwords and data travel as they are. Left out while the server listens on nothing but sockets and
-- loopback addresses.

select
    'ssl' as object,
    format('is off, and the server listens on %s', current_setting('listen_addresses')) as detail
where current_setting('ssl') = 'off'
    and exists (
        select
        from unnest(string_to_array(current_setting('listen_addresses'), ',')) as address
        where trim(address) not in ('', 'localhost', '127.0.0.1', '::1')
    );

-- examples: none both settings are fixed when the server starts
