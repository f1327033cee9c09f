# subject.bash: what tests/mutate/run changes.
#
# "original" is never touched, "mutant" a copy of it.
#
# shellcheck shell=bash disable=SC2154 # here, seed, from: of the caller

sql() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

drop_subscriptions() {
	sql -d "$1" >/dev/null 2>&1 <<-'SQL' || true
		SELECT pg_catalog.format('ALTER SUBSCRIPTION %I DISABLE',
		           s.subname),
		       pg_catalog.format(
		           'ALTER SUBSCRIPTION %I SET (slot_name = NONE)',
		           s.subname),
		       pg_catalog.format('DROP SUBSCRIPTION %I', s.subname)
		  FROM pg_catalog.pg_subscription AS s
		  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
		 WHERE d.datname = pg_catalog.current_database() \gexec
	SQL
}

drop_database() {
	sql -c "DROP DATABASE $1 WITH (FORCE)" 2>/dev/null && return
	drop_subscriptions "$1"
	sql -c "ALTER DATABASE $1 IS_TEMPLATE false" 2>/dev/null
	sql -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)"
}

drop_databases() {
	drop_database mutant
	drop_database original
}

# A copy of a database lacks what belongs to the whole server.
shared() {
	sql -d "$1" -c "ALTER DATABASE $1 SET work_mem = '5MB'" \
	    -c "ALTER DATABASE $1 SET search_path = \"\$user\", public" \
	    -c "ALTER ROLE verify_alice IN DATABASE $1
	        SET application_name = 'alice'" \
	    -c "COMMENT ON DATABASE $1 IS 'to be changed'" \
	    -c "GRANT CREATE ON DATABASE $1 TO verify_alice"
	sql -d "$1" -f "$here/../data/verify/subscription.main.b.sql"
}

fresh() {
	drop_database mutant 2>/dev/null
	createdb -T original mutant && shared mutant
}

make_roles() {
	local role
	for role in verify_alice '"Verify ""Bob"""' 'verify_super SUPERUSER'; do
		sql -c "CREATE ROLE $role" 2>/dev/null
	done
	sql -c "SET allow_in_place_tablespaces = on" \
	    -c "CREATE TABLESPACE mutate LOCATION ''" 2>/dev/null
	sql -c "GRANT CREATE ON TABLESPACE mutate TO PUBLIC" 2>/dev/null
}

# All second sides of the pairs, a schema each instead of public.  Some clash
# with others or want what is not in them: what cannot be made is left out.
# Default privileges are those of a role that makes nothing.
make_objects() {
	local file name
	for file in "$here"/../data/verify/*.b.sql \
	    "$here"/../data/catalog/*.b.sql; do
		name=${file##*/}
		name=v_${name%.b.sql}
		case $file in
		*/subscription.* | */database.* | */default_privilege.*)
			continue
			;;
		*.main.*) name=${name%.main} ;;
		esac
		name=${name//[.-]/_}
		{
			echo "CREATE SCHEMA $name;"
			sed -E "s/\\bpublic\\./$name./g
			    s/SCHEMA public\\b/SCHEMA $name/g" "$file"
		} >"$dir/objects.sql"
		cp "${file%/*}"/*.inc "$dir/" 2>/dev/null
		psql -X -q -o /dev/null -d original -f "$dir/objects.sql" \
		    2>/dev/null
	done
}

# What nobody can or wants to make again is taken away: labels without their
# provider, indexes that are not valid, half of a detachment.
make_original() {
	make_roles
	drop_databases 2>/dev/null
	if [ -n "$from" ]; then
		createdb -T "$from" original
		# The bookkeeping of tb-migrate is not compared.
		sql -d original -c 'DROP SCHEMA IF EXISTS tb CASCADE' \
		    -c 'DROP TABLE IF EXISTS public.alembic_version'
	else
		createdb -T template0 original
		make_objects
	fi
	sql -d original -c 'CREATE EXTENSION IF NOT EXISTS citext
	    WITH SCHEMA pg_catalog' 2>/dev/null
	sql -d original -c 'ALTER DEFAULT PRIVILEGES FOR ROLE verify_alice
	        GRANT SELECT ON TABLES TO verify_super' \
	    -c 'ALTER DEFAULT PRIVILEGES FOR ROLE verify_alice IN SCHEMA public
	        REVOKE EXECUTE ON ROUTINES FROM PUBLIC' \
	    -c 'ALTER DEFAULT PRIVILEGES FOR ROLE verify_alice
	        REVOKE USAGE ON TYPES FROM PUBLIC'
	sql -d original -c 'CREATE ACCESS METHOD heap2 TYPE TABLE
	    HANDLER heap_tableam_handler' 2>/dev/null
	sql -d original <<-'SQL'
		SET allow_system_table_mods = on;
		DELETE FROM pg_catalog.pg_seclabel;
		UPDATE pg_catalog.pg_index AS i
		   SET indisvalid = true
		  FROM pg_catalog.pg_class AS c
		 WHERE c.oid = i.indexrelid
		   AND c.relkind = 'i';
		SELECT 'UPDATE pg_catalog.pg_inherits '
		       'SET inhdetachpending = false'
		  FROM pg_catalog.pg_attribute AS a
		 WHERE a.attrelid = 'pg_catalog.pg_inherits'::regclass
		   AND a.attname = 'inhdetachpending' \gexec
		SELECT pg_catalog.format('DROP INDEX %s', i.indexrelid::regclass)
		  FROM pg_catalog.pg_index AS i
		  JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
		 WHERE NOT i.indisvalid
		   AND NOT c.relispartition \gexec
	SQL
	drop_subscriptions original
	shared original
}

# choose: "KIND TAB STATEMENT" a line, of each kind one, then of each another.
choose() {
	sql -d mutant -v "seed=$seed" -v "only=${ONLY-}" -F $'\t' \
	    -f "$here/objects.sql" -f "$here/relation.sql" \
	    -f "$here/any.sql" -f "$here/other.sql" -f - <<-'SQL'
		SELECT m.kind, m.statement
		  FROM (SELECT DISTINCT f.kind,
		               pg_catalog.regexp_replace(f.statement,
		                   '\s+', ' ', 'g') AS statement
		          FROM mutation AS f) AS m
		 WHERE m.kind || ': ' || m.statement ~ :'only'
		   AND m.statement IS NOT NULL
		 ORDER BY pg_catalog.row_number() OVER (PARTITION BY m.kind
		              ORDER BY pg_catalog.md5(:'seed' || m.statement)),
		          pg_catalog.md5(:'seed' || m.kind)
	SQL
}
