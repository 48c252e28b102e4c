from .services.rates import settle


def deeper() -> None:
    settle()  # >> quiet
