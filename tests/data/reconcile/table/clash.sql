--: expect table clash.x: removed
--: expect view clash.x: added
--: expect sequence clash.y: removed
--: expect table clash.y: added
--: allow data-loss
--: allow-back data-loss
--: left
CREATE TABLE x (a integer);
CREATE SEQUENCE y;
--: right
CREATE VIEW x AS SELECT 1 AS a;
CREATE TABLE y (a integer);
