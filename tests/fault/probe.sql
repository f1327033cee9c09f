-- probe.sql: what the database looks like between two faults.

CREATE SCHEMA probe;

-- part: the transaction of a run in which everything that can be is together.
CREATE TABLE probe.expect (
    pos integer,
    revision text,
    stmt integer,
    kind text,
    name text,
    part integer,
    alone boolean
);

CREATE TABLE probe.mark (revision text, stmt integer);

-- How often a statement was carried out.  An index that is not valid is none.
CREATE FUNCTION probe.times(e probe.expect) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT CASE e.kind
        WHEN 'mark' THEN (SELECT count(*)
              FROM probe.mark AS m
             WHERE m.revision = e.revision
               AND m.stmt = e.stmt)
        ELSE (SELECT count(*)
              FROM pg_class AS c
              LEFT JOIN pg_index AS i ON i.indexrelid = c.oid
             WHERE c.relnamespace = 'public'::regnamespace
               AND c.relname = e.name
               AND coalesce(i.indisvalid, true))
    END
$$;

-- What is wrong, a line each.  scope is that of the run, start where it began;
-- reported are the revisions that tb-migrate said were applied.
CREATE FUNCTION probe.problems(scope text, start integer, reported text[])
RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
    rows text[] := '{}';
    recorded text[];
    at integer;
    done integer;
BEGIN
    IF to_regclass('public.alembic_version') IS NOT NULL THEN
        rows := array(SELECT version_num FROM public.alembic_version);
    END IF;
    IF cardinality(rows) > 1 THEN
        RETURN NEXT format('several version rows: %s', rows);
    END IF;
    at := coalesce((SELECT max(pos) FROM probe.expect
        WHERE revision = rows[1]), 0);

    IF to_regclass('tb.revision') IS NOT NULL THEN
        recorded := array(SELECT revision FROM tb.revision ORDER BY 1);
        IF recorded <> array(SELECT DISTINCT revision FROM probe.expect
            WHERE pos BETWEEN 1 AND at ORDER BY 1) THEN
            RETURN NEXT format('at %s, but recorded are %s', at, recorded);
        END IF;
        RETURN QUERY SELECT format('%s has %s events "done"', e.revision, n)
            FROM (SELECT DISTINCT x.pos, x.revision FROM probe.expect AS x) AS e
            CROSS JOIN LATERAL (SELECT count(*) AS n FROM tb.event AS v
                WHERE v.revision = e.revision AND v.outcome = 'done'
                  AND v.action = 'upgrade') AS v
            WHERE e.pos > 0 AND n <> (e.pos <= at)::integer;
    ELSIF at > 0 THEN
        RETURN NEXT format('at %s without a history', at);
    END IF;

    IF scope = 'run' AND EXISTS (SELECT FROM probe.expect AS a
            JOIN probe.expect AS b ON b.part = a.part AND b.pos = a.pos + 1
            WHERE a.pos = at AND at > start) THEN
        RETURN NEXT format('at %s, in the middle of a transaction', at);
    END IF;

    RETURN QUERY SELECT format('at %s, but %s statement %s was run %s times',
            at, e.revision, e.stmt, probe.times(e))
        FROM probe.expect AS e
        WHERE e.pos > 0
          AND probe.times(e) <> (e.pos <= at)::integer
          AND NOT (e.pos = at + 1 AND e.alone);

    -- One that runs outside a transaction may be there up to a statement.
    SELECT coalesce(max(e.stmt), 0) INTO done FROM probe.expect AS e
        WHERE e.pos = at + 1 AND e.alone AND probe.times(e) > 0;
    RETURN QUERY SELECT format('%s is there up to statement %s, but statement '
            '%s was run %s times', e.revision, done, e.stmt, probe.times(e))
        FROM probe.expect AS e
        WHERE e.pos = at + 1 AND e.alone
          AND probe.times(e) <> (e.stmt <= done)::integer;

    RETURN QUERY SELECT format('invalid index %s', i.indexrelid::regclass)
        FROM pg_index AS i
        WHERE NOT i.indisvalid
          AND NOT EXISTS (SELECT FROM probe.expect AS e
              WHERE e.pos = at + 1 AND e.alone);

    RETURN QUERY SELECT format('at %s, but %s was said to be applied', at, r)
        FROM unnest(reported) AS r
        WHERE r > coalesce(rows[1], '');
END
$$;
