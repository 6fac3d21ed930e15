"""What has to be known of the machine to read the figures, and how much memory processes take."""

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

import django
import granian


def notes() -> dict[str, Any]:
    model = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "processor": model[0] if model else platform.processor(),
        "cores": os.cpu_count(),
        "load before": os.getloadavg()[0],
        "python": platform.python_version(),
        "django": django.get_version(),
        "granian": granian.__version__,
        "nginx": _nginx(),
    }


def _nginx() -> str:
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return subprocess.run([program, "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]


def proportional_memory(process: int) -> float:
    """MiB of the process and all below it; what they share is counted once (PSS)."""
    total = 0.0
    for line in _lines(f"/proc/{process}/smaps_rollup"):
        if line.startswith("Pss:"):
            total += int(line.split()[1]) / 1024
    for child in " ".join(_lines(f"/proc/{process}/task/{process}/children")).split():
        total += proportional_memory(int(child))
    return total


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return []
