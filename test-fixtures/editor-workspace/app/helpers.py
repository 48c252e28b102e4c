import requests

RATES_URL = "https://rates.example/latest"


def load_rates() -> dict:
    response = requests.get(RATES_URL, timeout=5)
    return response.json()
