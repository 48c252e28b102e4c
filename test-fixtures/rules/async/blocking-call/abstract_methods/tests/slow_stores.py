"""Stand-ins: what they do says nothing about what is used in earnest."""
import time

from stores import Store


class CrawlingStore(Store):
    def read(self, name: str) -> str:
        time.sleep(5)
        return name

    @property
    def size(self) -> int:
        return 0

    def forget(self, name: str) -> None:
        time.sleep(5)
