"""Counts how often each operation answered each status, for whoever started the run, and which request is the next."""

import itertools
import os
import threading
from pathlib import Path

import schemathesis

TALLY = Path(os.environ["TRIED_TALLY"])

# By operation: how often each status was answered, and which request is the next.
COUNTS = {}
TURNS = {}
LOCK = threading.Lock()


def name_of(case):
    return f"{case.operation.method.lower()} {case.operation.path}"


def next_turn(case):
    return next(TURNS[name_of(case)])


def is_wrong(case):
    """Whether the request was made wrong on purpose."""
    return case.meta is not None and case.meta.generation.mode.is_negative


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path, item in raw_schema["paths"].items():
        for method in item:
            if method in ("get", "post"):
                COUNTS[f"{method} {path}"] = {}
                TURNS[f"{method} {path}"] = itertools.count()


@schemathesis.hook
def after_call(context, case, response):
    with LOCK:
        statuses = COUNTS[name_of(case)]
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        tables = (
            f'["{operation}"]\n' + "".join(f"{status} = {count}\n" for status, count in sorted(statuses.items()))
            for operation, statuses in COUNTS.items()
        )
        TALLY.write_text("".join(tables), encoding="utf-8")
