--: expect extension citext: added
--: allow extension
--: allow-back extension
--: right
CREATE EXTENSION citext WITH SCHEMA extension;
