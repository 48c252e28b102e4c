import subprocess
from pathlib import Path

LABELS = Path("/srv/labels")


def print_label(number: str) -> Path:
    target = LABELS / f"{number}.pdf"
    subprocess.run(["labelmaker", number, "-o", str(target)], check=True)
    return target
