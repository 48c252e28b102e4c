"""Comments that silence, and what is said about those that do not."""
import time


async def silenced() -> None:
    time.sleep(1)  # holdfast: ignore[async/blocking-call] measured
    time.sleep(1)  # holdfast: ignore[async]
    time.sleep(1)  # holdfast: ignore
    # holdfast: ignore[async/blocking-call]
    time.sleep(1)


async def not_silenced() -> None:
    # >> async/blocking-call @`time.sleep` "the clock"
    # >> holdfast/unused-ignore
    time.sleep(1)  # holdfast: ignore[db]
    # >> async/blocking-call @`time.sleep` "the clock"
    # >> holdfast/unknown-ignore
    time.sleep(1)  # holdfast: ignore[async/blocking-cal]


async def no_longer_needed() -> None:
    # >> holdfast/unused-ignore
    time.monotonic()  # holdfast: ignore[async/blocking-call]
