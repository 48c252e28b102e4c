"""What is one call goes to a thread; an opened file stays, because its reads would wait all the same."""
from pathlib import Path


async def copy(source: Path, target: Path) -> None:
    target.write_text(source.read_text(), encoding="utf-8")  # >> async/blocking-file-io @`target.write_text` # >> async/blocking-file-io @`source.read_text`
