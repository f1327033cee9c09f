"""Alembic, asked in its own process and without a database.

What is changed in it, and why:

* Files are loaded in the order of their names.  Before 1.10 Alembic took
  them as the folder had them.
* Dependencies stay in the order they are written in.  Alembic keeps them in
  a set, so that its order differs from one run to the next.
* Of the rows that take the place of one which is undone, those that another
  one includes are left out.  Before 1.13.1 Alembic wrote such rows and could
  not go on after that; later versions still do where there are other rows.
"""

import os
import warnings

import alembic
from alembic.runtime.migration import HeadMaintainer, RevisionStep
from alembic.script import ScriptDirectory
from alembic.script import base as script_base
from alembic.script.revision import RevisionMap
from alembic.util import CommandError

VERSION = tuple(int(n) for n in alembic.__version__.split(".")[:3]
                if n.isdigit())

if VERSION < (1, 10):
    _list = script_base.Script._list_py_dir.__func__
    script_base.Script._list_py_dir = classmethod(
        lambda cls, *args: sorted(_list(cls, *args)))

_normalize = RevisionMap._normalize_depends_on


def _in_order(self, revisions, map_):
    _normalize(self, revisions, map_)
    for r in revisions:
        left = set(r._normalized_resolved_dependencies)
        r._normalized_resolved_dependencies = tuple(
            d for d in r._resolved_dependencies if d in left)


RevisionMap._normalize_depends_on = _in_order
_unmerge = RevisionStep._unmerge_to_revisions


def _without_included(self, heads):
    to = _unmerge(self, heads)
    below = {r.revision
             for one in to
             for r in self.revision_map._get_ancestor_nodes(
                 self.revision_map.get_revisions(one), check=False)
             if r.revision != one}
    return tuple(r for r in to if r not in below)


RevisionStep._unmerge_to_revisions = _without_included


class Refused(Exception):
    """Alembic says no."""


class Crashed(Exception):
    """Alembic says nothing that is meant for a user."""


class Rows(HeadMaintainer):
    """The version table, as a set."""

    def __init__(self, heads):
        self.heads = set(heads)

    def _insert_version(self, version):
        assert version not in self.heads
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, from_, to_):
        assert to_ not in self.heads
        self.heads.remove(from_)
        self.heads.add(to_)


def guarded(method):
    def call(*args):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return method(*args)
        except CommandError as e:
            raise Refused(str(e)) from e
        except (AssertionError, KeyError, TypeError, AttributeError) as e:
            raise Crashed(repr(e)) from e
    return call


class Oracle:
    def __init__(self, folder):
        os.makedirs(os.path.join(folder, "versions"), exist_ok=True)
        self.script = ScriptDirectory(folder)

    def map(self):
        return self.script.revision_map

    @guarded
    def plan(self, command, rows, what):
        """The steps, not yet carried out."""
        if command == "upgrade":
            return self.script._upgrade_revs(what, rows)
        if command == "downgrade":
            return self.script._downgrade_revs(what, rows)
        return self.script._stamp_revs(tuple(what.split()), rows)

    @guarded
    def rows_after(self, steps, rows):
        """The rows after each step."""
        table = Rows(rows)
        after = []
        for step in steps:
            table.update_to_step(step)
            after.append(set(table.heads))
        return after

    @guarded
    def history(self, rows, what):
        base, head = what.split(":") if what else (None, None)
        if base == "current":
            base = rows
        if head == "current":
            head = rows
        return [r.revision for r in self.script.walk_revisions(
            base=base or "base", head=head or "heads")]

    @guarded
    def show(self, what):
        return [r.revision for r in self.script.get_revisions(what)
                if r is not None and r != "base"]

    @guarded
    def current(self, rows):
        return {r.revision for r in self.script.get_all_current(rows)}

    def facts(self):
        """Of each revision what the display commands tell."""
        map_ = self.map()._revision_map
        ids = [k for k, r in map_.items() if k and r.revision == k]
        return {
            "order": ids,
            "heads": list(self.map().heads),
            "real_heads": list(self.map()._real_heads),
            "bases": list(self.map().bases),
            "revs": {k: self.rev_facts(map_[k]) for k in ids},
        }

    @staticmethod
    def rev_facts(r):
        return {
            "parents": list(r._versioned_down_revisions),
            "children": sorted(r.nextrev),
            "depends_on": sorted(set(r._resolved_dependencies)),
            "needs": list(r._normalized_down_revisions),
            "labels": sorted(r.branch_labels),
            "head": r._is_real_head,
            "effective_head": r.is_head and not r._is_real_head,
            "branchpoint": r.is_branch_point,
            "mergepoint": r.is_merge_point,
        }
