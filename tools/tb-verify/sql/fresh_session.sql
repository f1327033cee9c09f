--: title what a script finds after DISCARD ALL
SELECT pg_catalog.set_config('default_transaction_read_only', 'off', false),
       pg_catalog.set_config('standard_conforming_strings', 'on', false)
