#!/usr/bin/env python3
"""Compare lib/revision with Alembic on random graphs.

    check.py PLAN [GRAPHS [SEED]]

PLAN is the program made of plan.c.  Each graph has its own seed, counted up
from SEED; a difference names it, and "tests/alembic/run 1 SEED" shows it
again.
Where Alembic is known to be wrong, or guesses, there is a rule below with a
name; how often each was used is told at the end.
"""

import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from oracle import Crashed, Oracle, Refused, VERSION
from randgraph import random_graph, write_py, write_sql

WALK = 25  # commands that change rows, for each graph
ASK = 25  # questions for each graph


class Difference(Exception):
    pass


def names(rng, graph, word=True):
    """Something that names one revision, or nothing at all."""
    r = rng.choice(graph.revs)
    pick = rng.random()
    if pick < 0.5:
        return r.id
    if pick < 0.7:
        return r.id[:rng.randint(1, 6)]
    if pick < 0.9 and graph.by_label:
        label = rng.choice(sorted(graph.by_label))
        return label[:rng.randint(3, 6)] if rng.random() < 0.3 else label
    if pick < 0.92:
        return rng.choice(["zzzz", "feed", "lanes"])
    return rng.choice(["head", "heads", "base"]) if word else r.id


def absolute(rng, graph):
    pick = rng.random()
    if pick < 0.2:
        return "head"
    if pick < 0.45:
        return "heads"
    if pick < 0.55:
        return "base"
    if pick < 0.8:
        return names(rng, graph)
    r = rng.choice(graph.revs)
    return "%s@%s" % (names(rng, graph, False), rng.choice(
        ["head", "heads", "base", names(rng, graph),
         r.id[:rng.randint(1, 3)]]))


def relative(rng, graph, way):
    """"base-1" is not made: Alembic takes it for the head."""
    n = "%s%d" % (way if rng.random() < 0.9 else rng.choice("+-"),
                  rng.choice([1, 1, 1, 2, 2, 3, 5]))
    pick = rng.random()
    if pick < 0.45:
        return n
    if pick < 0.7:
        return "%s@%s" % (names(rng, graph, False), n)
    word = names(rng, graph)
    if word == "base" and n[0] == "-":
        word = "head"
    if pick < 0.9:
        return word + n
    return "%s@%s%s" % (names(rng, graph, False), word, n)


def a_command(rng, graph):
    pick = rng.random()
    if pick < 0.5:
        return "upgrade", (absolute(rng, graph) if rng.random() < 0.55
                           else relative(rng, graph, "+"))
    if pick < 0.85:
        return "downgrade", (absolute(rng, graph) if rng.random() < 0.5
                             else relative(rng, graph, "-"))
    return "stamp", absolute(rng, graph)


def a_range(rng, graph):
    if rng.random() < 0.1:
        return ""
    r = rng.choice(graph.revs)
    up = sorted(o.id for o in graph.revs if r.id in graph.line[o.id])
    end = rng.choice(up) if up and rng.random() < 0.7 else ""
    start = r.id if rng.random() < 0.7 else rng.choice(
        ["", "current", names(rng, graph, False), "-2"])
    if rng.random() < 0.3:
        end = rng.choice(["", "heads", "head", "+2", "current",
                          names(rng, graph, False) + "+1"])
    return "%s:%s" % (start, end)


class Check:
    def __init__(self, seed, folder):
        self.rng = random.Random(seed)
        self.graph = random_graph(self.rng)
        self.folder = folder
        self.sql = os.path.join(folder, "sql")
        self.py = os.path.join(folder, "py")
        os.mkdir(self.sql)
        self.oracle = Oracle(self.py)
        write_sql(self.graph, self.sql)
        write_py(self.graph, os.path.join(self.py, "versions"))
        self.lines = []
        self.checks = []
        self.rules = collections.Counter()

    def ask(self, command, rows, what, check):
        self.lines.append("%s|%s|%s" % (command, " ".join(sorted(rows)), what))
        self.checks.append(check)

    def use(self, rule):
        self.rules[rule] += 1

    # What Alembic does, and the rows to go on from.

    def walk(self):
        rows = ()
        for _ in range(WALK):
            command, what = a_command(self.rng, self.graph)
            rows = self.one(command, rows, what)
            self.ask("current", rows, "", self.current_check(rows))
        for _ in range(ASK):
            self.question(rows)

    def one(self, command, rows, what):
        verdict, steps, after = "", [], []
        try:
            steps = self.oracle.plan(command, rows, what)
            verdict = "rows"
            after = self.oracle.rows_after(steps, rows)
            verdict = "yes"
        except Refused as e:
            verdict = "no: %s" % e
        except Crashed as e:
            if verdict != "rows":
                verdict = "crash: %s" % e
        self.ask(command, rows, what, lambda ours: getattr(
            self, "compare_" + ("stamp" if command == "stamp" else "steps"))(
                command, rows, what, verdict, steps, after, ours))
        if verdict != "yes" or not after:
            return rows
        # Rows that include each other cannot be gone on from.
        return tuple(sorted(self.graph.rows(set(after[-1]))))

    def question(self, rows):
        if self.rng.random() < 0.6:
            what = a_range(self.rng, self.graph)
            ask = ("history", rows, what)
        else:
            what = absolute(self.rng, self.graph)
            ask = ("show", what)
        try:
            answer, verdict = getattr(self.oracle, ask[0])(*ask[1:]), "yes"
        except Refused as e:
            answer, verdict = None, "no: %s" % e
        except Crashed as e:
            answer, verdict = None, "crash: %s" % e
        self.ask(ask[0], rows, what, lambda ours: getattr(
            self, "compare_" + ask[0])(rows, what, verdict, answer, ours))

    def current_check(self, rows):
        want = self.oracle.current(rows) if rows else set()

        def check(ours):
            if set(ours["revs"]) != want:
                raise Difference("current: %s" % sorted(want))
        return check

    # Our answer against it.

    def split(self, what):
        """Branch and word of an identifier."""
        branch, at, word = what.rpartition("@")
        return (branch if at else None), word

    def find(self, word):
        """The one revision a name or prefix stands for, or None."""
        if word in self.graph.by_id or word in self.graph.by_label:
            return self.graph.carrier(word).id
        found = {self.graph.carrier(n).id
                 for n in list(self.graph.by_id) + list(self.graph.by_label)
                 if n.startswith(word)}
        return found.pop() if len(found) == 1 else None

    def compare_verdict(self, command, rows, what, verdict, ours):
        """True: both went; False: neither.  Else a rule must allow it."""
        went = ours["rc"] == 0
        if ours["rc"] not in (0, 64, 65) or not went and not ours["message"]:
            raise Difference("this is no answer")
        branch, word = self.split(what)
        if command == "downgrade" and branch and \
                self.other_heads(branch, word):
            self.use("downgrade LABEL@head: alembic looks at all heads")
            return None if went else False
        if verdict in ("yes", "rows") and went:
            return True
        if verdict.startswith("no") and not went:
            return False
        if verdict.startswith("crash") and not went:
            self.use("alembic crashes, we say no")
            return False
        bare = re.fullmatch(r"-\d+", word)
        if branch and went and "overlaps" in verdict and word == "heads":
            self.use("LABEL@heads: alembic refuses heads that depend on "
                     "each other")
            return None
        if branch and went and verdict.startswith("no: Can't locate") \
                and self.find(word) is None:
            self.use("stamp LABEL@PREFIX: alembic looks outside of LABEL")
            return None
        if command == "downgrade" and verdict in ("yes", "rows") and bare \
                and not branch and len(rows) > 1:
            self.use("downgrade -N with several rows: alembic guesses")
            return False
        if verdict in ("yes", "rows") and branch and not bare and \
                (command == "downgrade" or re.search(r"\+\d+$", word)):
            one = self.find(re.sub(r"[+-]\d+$", "", word))
            other = self.find(branch)
            if not other or (one and not self.graph.related(one, other)):
                self.use("LABEL@ID: alembic does not look whether ID is "
                         "there")
                return False
        if verdict == "yes" and word == "base" and branch \
                and not self.find(branch):
            self.use("LABEL@base: alembic does not look for LABEL")
            return False
        if went and verdict.startswith("no: Can't locate") \
                and self.prefix_of_one(what):
            self.use("a prefix of an id and a label of one revision")
            return None
        if verdict.startswith("crash") and went:
            self.use("alembic crashes in %s" % command)
            return None
        raise Difference("alembic: %s" % verdict)

    def other_heads(self, branch, word):
        """Are the heads of a branch others than those of all?"""
        if word not in ("head", "heads") or not self.find(branch):
            return False
        heads = self.oracle.map().heads
        mine = [h for h in heads if self.graph.related(h, self.find(branch))]
        if word == "heads":
            heads = self.oracle.map()._real_heads
        return mine != list(heads)

    def prefix_of_one(self, what):
        """Several names begin so, but they are all of one revision."""
        for word in what.replace("+", "@").replace("-", "@").split("@"):
            found = [n for n in list(self.graph.by_id) +
                     list(self.graph.by_label) if n.startswith(word)]
            if word and len(found) > 1 and word not in found and \
                    len({self.graph.carrier(n).id for n in found}) == 1:
                return True
        return False

    def check_own_steps(self, command, rows, ours):
        """Rows follow from what is applied, whatever Alembic says."""
        applied = self.graph.applied(rows)
        for step in ours["steps"]:
            id_ = step["rev"]
            if command == "upgrade":
                if id_ in applied or not self.graph.below[id_] <= applied:
                    raise Difference("%s comes too early" % id_)
                applied = applied | {id_}
            else:
                applied = applied - {id_}
                if any(id_ in self.graph.below[a] for a in applied):
                    raise Difference("%s is undone too early" % id_)
            if set(step["rows"]) != self.graph.rows(applied):
                raise Difference("rows should be %s" %
                                 sorted(self.graph.rows(applied)))
        if set(ours["after"]) != self.graph.rows(applied):
            raise Difference("the end of the plan is not the end")

    def compare_steps(self, command, rows, what, verdict, steps, after, ours):
        both = self.compare_verdict(command, rows, what, verdict, ours)
        if both is False:
            return
        self.check_own_steps(command, rows, ours)
        if both is None:
            return
        want = [s.revision.revision for s in steps]
        got = [s["rev"] for s in ours["steps"]]
        if got != want:
            raise Difference("alembic's steps: %s" % want)
        if verdict == "rows":
            self.use("alembic loses its way in the rows")
            return
        for mine, theirs in zip(ours["steps"], after):
            if set(mine["rows"]) != theirs:
                raise Difference("alembic's rows: %s" % sorted(theirs))

    def stamped(self, rows, targets):
        """Our rule: what is above goes, what is below comes, the rest stays.
        """
        applied = self.graph.applied(rows)
        for t in targets:
            applied = {a for a in applied
                       if a != t and t not in self.graph.below[a]}
            applied |= {t} | self.graph.below[t]
        return self.graph.rows(applied)

    def compare_stamp(self, command, rows, what, verdict, steps, after, ours):
        both = self.compare_verdict(command, rows, what, verdict, ours)
        if both is False:
            return
        mine = set(ours["after"])
        targets = self.graph.rows(set(self.oracle.show(what))) if both else ()
        if targets and mine != self.stamped(rows, targets):
            raise Difference("rows should be %s" %
                             sorted(self.stamped(rows, targets)))
        if verdict == "rows":
            self.use("stamp: alembic loses its way in the rows")
        if both is None or verdict == "rows":
            return
        theirs = after[-1] if after else set(rows)
        if mine == theirs:
            return
        # Everything else is what Alembic forgets: applied before, not above
        # a target, and still not above or on the branch that goes.
        if not theirs <= self.graph.applied(mine):
            raise Difference("alembic's rows: %s" % sorted(theirs))
        kept = self.graph.applied(rows)
        branch, word = self.split(what)
        if word == "base":
            targets = [self.find(branch)] if branch else list(kept)
        for r in mine - theirs:
            if r not in kept or r not in targets and any(
                    t in self.graph.below[r] for t in targets):
                raise Difference("alembic's rows: %s" % sorted(theirs))
        self.use("stamp: alembic forgets branches that were implied"
                 if not set(targets) & (mine - theirs) else
                 "stamp heads: alembic forgets a head that is a row already")

    def check_order(self, revs):
        """Newest first, each once."""
        for i, r in enumerate(revs):
            if r in revs[:i] or self.graph.below[r] & set(revs[:i]):
                raise Difference("%s is not in its place" % r)

    def overshoots(self, what):
        """Does -N at the start lead beyond base from some head?"""
        n = re.match(r"-(\d+):.", what)
        heads = self.oracle.map()._real_heads if n else ()
        for r in heads:
            for _ in range(int(n.group(1))):
                parents = self.graph.by_id[r].parents if r else []
                r = parents[0] if parents else None
            if r is None:
                return True
        return False

    def compare_history(self, rows, what, verdict, answer, ours):
        went = ours["rc"] == 0
        if what.endswith(":current") and not rows:
            self.use("history :current with no rows: alembic shows all")
        elif verdict == "yes" and went and self.overshoots(what):
            self.use("history -N: alembic counts from the end where the "
                     "first head is less than N above base")
        elif verdict == "yes" and went:
            if ours["revs"] != answer:
                raise Difference("alembic: %s" % answer)
        elif verdict.startswith("no") and not went:
            pass
        elif verdict.startswith("crash"):
            self.use("alembic crashes in history")
            self.check_order(ours.get("revs", []))
        elif went and re.match(r"-\d+:", what):
            self.use("history -N: to the very base")
        elif went and verdict.startswith("no: Can't locate") \
                and self.prefix_of_one(what.replace(":", "@")):
            self.use("a prefix of an id and a label of one revision")
        else:
            raise Difference("alembic: %s" % verdict)

    def compare_show(self, rows, what, verdict, answer, ours):
        both = self.compare_verdict("show", rows, what, verdict, ours)
        if both and ours["revs"] != answer:
            raise Difference("alembic: %s" % answer)

    def compare_facts(self, ours):
        want = self.oracle.facts()
        for key in ("heads", "real_heads", "bases"):
            if ours[key] != want[key]:
                raise Difference("%s: %s" % (key, want[key]))
        if [r["id"] for r in ours["revs"]] != want["order"]:
            raise Difference("load order: %s" % want["order"])
        for r in ours["revs"]:
            r["children"].sort()
            r["depends_on"].sort()
            for key, value in want["revs"][r["id"]].items():
                if r[key] != value:
                    raise Difference("%s of %s: %s" % (key, r["id"], value))

    def run(self, plan):
        self.ask("graph", (), "", self.compare_facts)
        self.ask("history", (), "", lambda ours: self.compare_history(
            (), "", "yes", self.oracle.history((), ""), ours))
        self.walk()
        text = subprocess.run(
            [plan, self.sql], input="\n".join(self.lines) + "\n",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
            universal_newlines=True)
        if text.returncode != 0:
            raise Difference("it ended with %d: %s" %
                             (text.returncode, text.stderr))
        answers = [json.loads(l) for l in text.stdout.splitlines()]
        if len(answers) != len(self.lines) + 1:
            raise Difference("%s" % answers[0])
        for line, check, ours in zip(self.lines, self.checks, answers[1:]):
            try:
                check(ours)
            except Difference as e:
                raise Difference("%s\n  ours: %s\n  %s" %
                                 (line, json.dumps(ours), e)) from None
        return len(self.lines)


def describe(graph):
    return "\n".join("  %s parents %s depends on %s labels %s" %
                     (r.id, r.parents, r.depends_on, r.labels)
                     for r in graph.revs)


def main():
    plan = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    asked, failed, rules = 0, 0, collections.Counter()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            check = Check(seed, folder)
            try:
                asked += check.run(plan)
            except Difference as e:
                failed += 1
                print("seed %d differs: %s\n%s" %
                      (seed, e, describe(check.graph)))
            rules += check.rules
    for rule, n in sorted(rules.items()):
        print("%5d  %s" % (n, rule))
    print("alembic %s: %d graphs, seeds %d to %d, %d commands, %d differ" % (
        ".".join(map(str, VERSION)), count, first, first + count - 1, asked,
        failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
