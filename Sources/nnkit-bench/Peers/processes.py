"""Runs processes one after another, and shows what they measured. Imports nothing large: see `run`."""

import json
import os
import subprocess
import sys
import time


def run(command, expected=0):
    """What a process prints, how long it took and the most memory in MiB that it held; `expected` is its exit code.

    A process counts what its parent held when it began: so the programs that use this import nothing large.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode != expected:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return output.decode(), seconds, usage.ru_maxrss * unit / 2**20


def show(row):
    """Prints a line of JSON, with four digits of each number."""
    print(json.dumps({name: rounded(value) for name, value in row.items()}), flush=True)


def rounded(value):
    if isinstance(value, list):
        return [rounded(element) for element in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
