"""Calls of library functions by name, under every way of importing them."""
import os
import shutil
import subprocess
import time
import time as clock
import urllib.request
from pathlib import Path
from subprocess import check_output
from time import sleep, sleep as nap

import requests
from requests import get as fetch


async def wait_for_worker():
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    clock.sleep(1)  # >> async/blocking-call @`clock.sleep` "the clock"
    sleep(1)  # >> async/blocking-call @`sleep` "the clock"
    nap(0.5)  # >> async/blocking-call @`nap` "the clock"


async def talk_to_others(url: str):
    reply = requests.get(url, timeout=5)  # >> async/blocking-call @`requests.get` "a network reply"
    fetch(url)  # >> async/blocking-call @`fetch` "a network reply"
    requests.post(url, json={"seen": True})  # >> async/blocking-call @`requests.post` "a network reply"
    urllib.request.urlopen(url)  # >> async/blocking-call @`urllib.request.urlopen` "a network reply"
    return reply.json()


async def start_programs():
    subprocess.run(["ffmpeg", "-version"], check=True)  # >> async/blocking-call @`subprocess.run` "another process"
    check_output(["uname"])  # >> async/blocking-call @`check_output` "another process"
    os.system("sync")  # >> async/blocking-call @`os.system` "another process"


async def touch_the_disk(upload: str):
    shutil.copyfile(upload, "/srv/uploads/latest")  # >> async/blocking-file-io @`shutil.copyfile` "the disk"
    return Path(upload).read_text()  # >> async/blocking-file-io @`Path(upload).read_text` "the disk"


async def imported_late():
    from time import sleep as doze

    doze(2)  # >> async/blocking-call @`doze` "the clock"


async def stream_lines():
    while True:
        yield "tick"
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


async def in_every_position(urls: list[str], flag: bool):
    bodies = [requests.get(url).text for url in urls]  # >> async/blocking-call @`requests.get` "a network reply"
    by_url = {url: requests.get(url) for url in urls}  # >> async/blocking-call @`requests.get` "a network reply"
    if requests.get(urls[0]).ok and flag:  # >> async/blocking-call @`requests.get` "a network reply"
        return bodies
    label = f"{check_output(['date'])!r}"  # >> async/blocking-call @`check_output` "another process"
    return by_url if flag else requests.get(label)  # >> async/blocking-call @`requests.get` "a network reply"


async def computed_but_never_waited():
    time.sleep(0)  # >> quiet
    time.sleep(0.001)  # >> quiet
    time.sleep(0.05)  # >> async/blocking-call "the clock"
    time.monotonic()  # >> quiet
    os.getpid()  # >> quiet
    Path("a") / "b"  # >> quiet
