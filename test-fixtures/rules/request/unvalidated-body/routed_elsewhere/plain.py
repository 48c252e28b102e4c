"""No handler of aiohttp, as far as anybody can tell."""


async def kept(request):
    form = await request.post()  # >> quiet
    return save(form["text"])
