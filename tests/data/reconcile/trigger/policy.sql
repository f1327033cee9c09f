--: expect policy policy.t.come: added
--: expect policy policy.t.gone: removed
--: expect policy policy.t."using": using
--: expect policy policy.t."check": check
--: expect policy policy.t.lost: check
--: expect policy policy.t.command: command
--: expect policy policy.t.mode: permissive
--: both
CREATE TABLE t (a integer);
--: left
CREATE POLICY gone ON t;
CREATE POLICY "using" ON t USING (a > 0);
CREATE POLICY "check" ON t USING (a > 0) WITH CHECK (a > 0);
CREATE POLICY lost ON t USING (a > 0) WITH CHECK (a > 0);
CREATE POLICY command ON t FOR SELECT USING (a > 0);
CREATE POLICY mode ON t USING (a > 0);
COMMENT ON POLICY mode ON t IS 'kept';
--: right
CREATE POLICY come ON t FOR UPDATE TO PUBLIC USING (a > 0) WITH CHECK (a > 1);
CREATE POLICY "using" ON t USING (a > 1);
CREATE POLICY "check" ON t USING (a > 0) WITH CHECK (a > 1);
CREATE POLICY lost ON t USING (a > 0);
CREATE POLICY command ON t FOR DELETE USING (a > 0);
CREATE POLICY mode ON t AS RESTRICTIVE USING (a > 0);
COMMENT ON POLICY mode ON t IS 'kept';
