"""Libraries name their awaitable methods after the others."""
from django.db import models


class Order(models.Model):
    paid = models.BooleanField()


async def one(key: int) -> Order:
    return Order.objects.get(pk=key)  # >> async/blocking-call @`Order.objects.get`


async def how_many() -> int:
    return Order.objects.filter(paid=True).count()  # >> async/blocking-call
