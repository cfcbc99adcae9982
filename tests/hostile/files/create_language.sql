-- Harm: brings a library into the server.
-- Rule: languages

create language plmine handler plpgsql_call_handler;
