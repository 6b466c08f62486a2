"""Starts a command, waits for it, and prints its cost as JSON; too small for its own memory to count."""

import json
import os
import signal
import subprocess
import sys
import time


def main() -> int:
    """The exit status of the command; peak memory is that of its largest process."""
    start = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: process.kill())
    if sys.platform == "win32":
        status = process.wait()
        cpu = peak = None
    else:
        _, waited, usage = os.wait4(process.pid, 0)
        status = os.waitstatus_to_exitcode(waited)
        cpu = usage.ru_utime + usage.ru_stime
        peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    cost = {"wall": time.perf_counter() - start, "cpu": cpu, "peak": peak}
    sys.stdout.write(json.dumps(cost))
    return abs(status)


if __name__ == "__main__":
    sys.exit(main())
