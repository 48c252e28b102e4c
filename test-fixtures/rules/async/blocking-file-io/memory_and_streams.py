"""What only looks like a file: memory and the standard streams."""
import io
import json
import pickle
import sys
from typing import IO


class Report(io.StringIO):
    pass


async def written(rows: list[dict], target: IO[str]) -> bytes:
    json.dump(rows, sys.stdout)  # >> quiet
    json.dump(rows, fp=sys.stderr)  # >> quiet
    sys.stdout.write("done")  # >> quiet
    sys.stdout.buffer.write(b"done")  # >> quiet
    text = io.StringIO()
    json.dump(rows, text)  # >> quiet
    text.write("\n")  # >> quiet
    json.dump(rows, Report())  # >> quiet
    buffer = io.BytesIO()
    pickle.dump(rows, buffer)  # >> quiet
    with open("rows.json", "w") as file:  # >> async/blocking-file-io @`open`
        json.dump(rows, file)  # >> async/blocking-file-io @`json.dump`
    json.dump(rows, target)  # >> async/blocking-file-io @`json.dump` "the disk"
    return buffer.getvalue()
