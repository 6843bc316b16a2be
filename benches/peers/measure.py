"""Runs a program and measures it from outside."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path


class Peak(threading.Thread):
    """The most memory that a process has held, read while it runs."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status, self.kb = Path(f"/proc/{pid}/status"), 0

    def run(self):
        while True:
            try:
                text = self.status.read_text()
            except OSError:
                return
            line = next((line for line in text.splitlines() if line.startswith("VmHWM")), None)
            if line is None:  # it has ended
                return
            self.kb = int(line.split()[1])
            time.sleep(0.005)


def measure(command, variables=None):
    """Wall and processor seconds, peak MB, and what it says of itself in its last line, if that is JSON."""
    began = time.perf_counter()
    child = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True, env=dict(os.environ) | (variables or {}))
    peak = Peak(child.pid)
    peak.start()
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"failed: {' '.join(child.args)}")
    line = json.loads(said.splitlines()[-1]) if said.strip().startswith("{") else {}
    cpu = usage.ru_utime + usage.ru_stime
    return {"whole": wall, "cpu": cpu, "mb": peak.kb / 1024, "work": line.get("seconds", wall), "compile": line.get("compile_seconds")}
