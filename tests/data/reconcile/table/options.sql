--: expect table options.come: options
--: expect table options.gone: options
--: expect table options.other: options
--: left
CREATE TABLE come (a integer);
CREATE TABLE gone (a integer) WITH (fillfactor = 50, autovacuum_enabled = off);
CREATE TABLE other (a text) WITH (fillfactor = 50, toast.autovacuum_enabled = off);
--: right
CREATE TABLE come (a integer) WITH (fillfactor = 50);
CREATE TABLE gone (a integer);
CREATE TABLE other (a text) WITH (fillfactor = 60, parallel_workers = 2);
