"""Code that waits and may: nothing here runs on the loop."""
import subprocess
import time

import requests
from celery import shared_task
from fastapi import APIRouter, Depends, FastAPI

app = FastAPI()
router = APIRouter(prefix="/reports")

subprocess.run(["true"], check=True)  # >> quiet


def current_rates() -> dict:
    return requests.get("https://rates.example").json()  # >> quiet


@app.get("/rates")
def rates(today: dict = Depends(current_rates)) -> dict:
    time.sleep(0.1)  # >> quiet
    return today


@router.post("/")
def create() -> dict:
    return current_rates()  # >> quiet


@shared_task
def nightly() -> None:
    time.sleep(10)  # >> quiet
    current_rates()  # >> quiet


class Worker:
    def run(self) -> None:
        while True:
            time.sleep(60)  # >> quiet


def main() -> None:
    Worker().run()  # >> quiet


if __name__ == "__main__":
    main()  # >> quiet
