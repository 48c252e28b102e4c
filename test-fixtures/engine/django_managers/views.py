"""Managers of one's own: the rows are instances of the class that has the manager."""
from models import Article


async def show(key):
    article = Article.objects.get(pk=key)  # >> async/blocking-call @`Article.objects.get` "a database reply"
    article.related()  # >> async/blocking-call @`article.related`
    recent = Article.objects.recent().first()  # >> async/blocking-call "a database reply"
    recent.save()  # >> async/blocking-call @`recent.save`
    for each in Article.shown.published():  # >> async/blocking-call
        each.related()  # >> async/blocking-call @`each.related`
    lazy = Article.objects.recent()  # >> quiet
    found = await Article.objects.aget(pk=key)  # >> quiet
    found.related()  # >> async/blocking-call @`found.related`
    async for each in Article.shown.published():  # >> quiet
        print(each.title, lazy)


async def awaited_by_mistake():
    return await Article.objects.count()  # >> async/blocking-call @`Article.objects.count`
