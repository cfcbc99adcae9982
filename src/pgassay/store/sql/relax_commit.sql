-- What this transaction writes survives the end of pgassay, as it should; a crash of the server may lose the
-- last moments of it, and in return the run's recording costs the production disk no flush for each file.
set local synchronous_commit = off
