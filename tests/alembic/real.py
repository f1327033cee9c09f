"""real.py VERSIONS FACTS: compare a history with Alembic's view of it.

VERSIONS is a folder of Alembic revisions, with folders below it; FACTS is what
"tb-migrate history --format json" says of the imported ones.
"""
import importlib.abc
import importlib.machinery
import json
import os
import sys
import warnings

from alembic.script import ScriptDirectory

BRANCHES = {"EXPAND_BRANCH": "expand", "CONTRACT_BRANCH": "contract"}


class Anything(str):
    """Stands for whatever a revision imports from a project that is not here."""

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return BRANCHES.get(name, Anything())

    def __call__(self, *args, **kwargs):
        return Anything()

    def __getitem__(self, key):
        return Anything()

    def __mro_entries__(self, bases):
        return (Anything,)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module that nobody else finds."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__path__ = []
        module.__getattr__ = Anything().__getattr__


def folders(top):
    return [
        path
        for path, _, files in sorted(os.walk(top))
        if any(f.endswith(".py") and not f.startswith("__") for f in files)
        and "__pycache__" not in path
    ]


def facts_of_alembic(versions):
    script = ScriptDirectory(versions, version_locations=folders(versions))
    heads = set(script.revision_map._real_heads)
    return {
        s.revision: {
            "parents": sorted(s._versioned_down_revisions),
            "depends_on": sorted(s._resolved_dependencies),
            "children": sorted(s.nextrev),
            "labels": sorted(s.branch_labels),
            "message": " ".join(s.doc.split()),
            "head": s.revision in heads,
            "branchpoint": s.is_branch_point,
            "mergepoint": s.is_merge_point,
        }
        for s in script.walk_revisions()
    }


def main(versions, facts):
    sys.meta_path.append(Finder())
    warnings.simplefilter("ignore")
    theirs = facts_of_alembic(versions)
    with open(facts, encoding="utf-8") as f:
        ours = {r["revision"]: r for r in json.load(f)}
    differ = sorted(set(theirs) ^ set(ours))
    for name in differ:
        print(f"{name}: only one has it")
    for name in sorted(set(theirs) & set(ours)):
        for key, want in theirs[name].items():
            got = ours[name][key]
            if isinstance(got, list):
                got = sorted(got)
            if got != want:
                print(f"{name}: {key}: {got!r}, Alembic has {want!r}")
                differ.append(name)
    heads = sum(r["head"] for r in theirs.values())
    labels = {x for r in theirs.values() for x in r["labels"]}
    print(
        f"{'differs' if differ else 'the same'}: {len(theirs)} revisions,"
        f" {heads} heads, {len(labels)} labels,"
        f" {sum(bool(r['depends_on']) for r in theirs.values())} with"
        f" dependencies: {'/'.join(versions.split('/')[-5:])}"
    )
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
