"""Random revision graphs, as Alembic's .py files and as our .sql files."""

import os


class Rev:
    """One revision: everything by name, in the order it is written."""

    def __init__(self, id_, parents, depends_on, labels):
        self.id = id_
        self.parents = parents
        self.depends_on = depends_on  # ids and labels
        self.labels = labels


class Graph:
    """Revisions, each after those it needs, and what follows from them."""

    def __init__(self, revs):
        self.revs = revs
        self.by_id = {r.id: r for r in revs}
        self.by_label = {l: r for r in revs for l in r.labels}
        self.below = {}  # strict ancestors, dependencies included
        self.line = {}  # strict ancestors by parents alone
        for r in revs:
            needs = r.parents + [self.carrier(d).id for d in r.depends_on]
            self.below[r.id] = set(needs).union(*(self.below[n] for n in needs))
            self.line[r.id] = set(r.parents).union(
                *(self.line[p] for p in r.parents))

    def carrier(self, name):
        return self.by_id.get(name) or self.by_label[name]

    def applied(self, rows):
        """What is applied when these are the rows."""
        return set(rows).union(*(self.below[r] for r in rows))

    def rows(self, applied):
        """The rows for what is applied: its maximal members."""
        inner = set().union(*(self.below[r] for r in applied))
        return applied - inner

    def related(self, a, b):
        """Are they on one line, dependencies not counted?"""
        return a == b or a in self.line[b] or b in self.line[a]


def hexid(rng, taken):
    # Few first letters, so that prefixes are often ambiguous.
    while True:
        id_ = rng.choice("abc1") + "".join(
            rng.choice("0123456789abcdef") for _ in range(11))
        if id_ not in taken:
            return id_


def choose_parents(rng, ids, heads, shape):
    kind = rng.random()
    if not ids or kind < shape["root"]:
        return []
    if kind < shape["root"] + shape["merge"] and len(heads) > 1:
        return rng.sample(heads, min(len(heads), rng.choice([2, 2, 2, 3, 5])))
    if kind < shape["root"] + shape["merge"] + shape["branch"]:
        return [rng.choice(ids)]
    if kind > 0.99 and len(ids) > 3:  # parents that include each other
        return rng.sample(ids, 2)
    return [rng.choice(heads)]


def random_graph(rng):
    """Shapes from a plain line to a thicket."""
    wild = rng.choice([0.0, 0.3, 1.0])
    shape = {"root": 0.08 * wild, "merge": 0.15 * wild, "branch": 0.2 * wild}
    depend = rng.choice([0, 0, 0.15, 0.35])
    label = rng.choice([0, 0.1, 0.3])
    several = rng.choice([1, 1, 3])
    revs, ids, heads, labels, taken = [], [], [], [], set()
    for i in range(rng.randint(1, 26)):
        id_ = hexid(rng, taken)
        taken.add(id_)
        parents = choose_parents(rng, ids, heads, shape)
        depends_on = []
        if ids and rng.random() < depend:
            names = ids + labels
            depends_on = rng.sample(
                names, min(len(names), rng.randint(1, several)))
        own = []
        if rng.random() < label:
            own = ["%s%d" % (w, i) for w in rng.sample(
                ["lane", "lamp", "left", "right"], rng.choice([1, 1, 1, 2]))]
        revs.append(Rev(id_, parents, depends_on, own))
        ids.append(id_)
        labels.extend(own)
        heads = [h for h in heads if h not in parents] + [id_]
    return Graph(revs)


def py_value(names):
    if not names:
        return "None"
    return repr(names[0] if len(names) == 1 else tuple(names))


def write_py(graph, folder):
    for r in graph.revs:
        with open(os.path.join(folder, r.id + "_x.py"), "w") as f:
            f.write('"""the message of %s"""\n' % r.id)
            f.write("revision = %r\n" % r.id)
            f.write("down_revision = %s\n" % py_value(r.parents))
            f.write("branch_labels = %s\n" % py_value(r.labels))
            f.write("depends_on = %s\n" % py_value(r.depends_on))
            f.write("def upgrade():\n    pass\ndef downgrade():\n    pass\n")


def write_sql(graph, folder):
    for r in graph.revs:
        with open(os.path.join(folder, r.id + "_x.sql"), "w") as f:
            f.write("--: revision %s\n" % r.id)
            for key, names in (("down-revision", r.parents),
                               ("labels", r.labels),
                               ("depends-on", r.depends_on)):
                if names:
                    f.write("--: %s %s\n" % (key, " ".join(names)))
            f.write("--: message the message of %s\n" % r.id)
            f.write("\n--: upgrade\n\n--: downgrade\n")
