"""Characters beyond the basic plane, tabs and long lines do not move the squiggle."""
import time


async def unicode() -> None:
    label = "🚰🚰"; time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    größe = "ß"; time.sleep(2); print(größe, label)  # >> async/blocking-call @`time.sleep` "the clock"


async def several_on_one_line() -> None:
    time.sleep(1); time.sleep(2)  # >> async/blocking-call @`time.sleep` "the clock" # >> async/blocking-call @`time.sleep` "the clock"


async def over_lines() -> None:
    time.sleep(  # >> async/blocking-call @`time.sleep` "the clock"
        1
    )
