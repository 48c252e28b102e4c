import subprocess


def reserve(item: str) -> None:
    subprocess.run(["reserve", item], check=True)


class Warehouse:
    @property
    def count(self) -> int:
        return 3

    def reserve(self, item: str) -> None:
        reserve(item)


warehouse = Warehouse()
