"""What `enumerate`, `zip`, `map` and their like are given runs when somebody goes through what they give."""
import itertools
from collections.abc import Iterator

import requests
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=50)


def pages() -> Iterator[requests.Response]:
    while True:
        yield requests.get("https://a.example")


def numbers() -> Iterator[int]:
    yield 1


async def numbered() -> None:
    for index, page in enumerate(pages()):  # >> async/blocking-call @`enumerate(pages())` "a network reply" via `requests.get`
        print(index, page)
    for number, page in zip(numbers(), pages()):  # >> async/blocking-call "a network reply"
        print(number, page)
    for page in itertools.islice(pages(), 3):  # >> async/blocking-call "a network reply"
        print(page)
    for text in map(str, pages()):  # >> async/blocking-call "a network reply"
        print(text)
    made = enumerate(pages())  # >> quiet
    print(made)
    for index, number in enumerate(numbers()):  # >> quiet
        print(index, number)


async def one_step() -> None:
    made = pages()  # >> quiet
    next(made)  # >> async/blocking-call @`next` "a network reply" via `requests.get`
    next(numbers())  # >> quiet
    next(iter([1]))  # >> quiet


async def rows() -> None:
    books = Book.objects.filter(title="a")  # >> quiet
    for index, book in enumerate(books):  # >> async/blocking-call "a database reply"
        print(index, book)
    for book, number in zip(books, numbers()):  # >> async/blocking-call "a database reply"
        book.save()  # >> async/blocking-call @`book.save` "a database reply"
        print(number)
    bool(books)  # >> async/blocking-call "a database reply"
    books[0].save()  # >> async/blocking-call @`books[0].save` # >> async/blocking-call @`books[0]` "a database reply"
    part = books[:5]  # >> quiet
    list(part)  # >> async/blocking-call @`list` "a database reply"
    async for book in books:  # >> quiet
        print(book)
