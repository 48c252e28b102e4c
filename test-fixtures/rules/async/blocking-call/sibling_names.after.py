"""Libraries name their awaitable methods after the others."""
from django.db import models


class Order(models.Model):
    paid = models.BooleanField()


async def one(key: int) -> Order:
    return await Order.objects.aget(pk=key)


async def how_many() -> int:
    return await Order.objects.filter(paid=True).acount()
