"""Alembic's commands, one a line of standard input: it starts only once.

    python3 oracle.py INI

After the output of each command comes a line "= EXIT".
"""
import shlex
import sys
import traceback

from alembic.config import main


def run(words):
    try:
        main(argv=["-c", sys.argv[1]] + words)
    except SystemExit as e:
        return e.code & 255 if isinstance(e.code, int) else bool(e.code)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


for line in sys.stdin:
    code = run(shlex.split(line))
    print("\n=", int(code), flush=True)
