class Mailer:
    async def send(self, to: str) -> bool:
        return bool(to)


async def flush() -> None: ...


mailer = Mailer()


def get_mailer() -> Mailer:
    return mailer
