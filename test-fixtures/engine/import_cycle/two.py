import one


class Base:
    def pause(self) -> None:
        one.wait()


def base_wait() -> None:
    one.wait()
