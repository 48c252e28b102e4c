"""Django: a form above the view. What it has cleaned holds every key, so that defaults go into the fields."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from .models import Article


def save(request: HttpRequest, pk):
    article = Article.objects.get(pk=pk)
    if request.method == "POST":
        article.title = request.POST["title"]  # >> request/unvalidated-body
        article.body = request.POST.get("body", "")
        article.rank = int(request.POST.get("rank", 1))
        article.kind = request.POST.get("kind", "news")
        article.parent_id = request.POST.get("parent_id")
        article.save()
        return redirect(request.POST.get("next", article.url))
    return render(request, "article.html", {"article": article})


class Login(View):
    def post(self, request):
        secret = request.POST.get("password")  # >> request/unvalidated-body
        if secret is None:
            return HttpResponse(status=400)
        return HttpResponse(self.open(secret))


def title_of(request: HttpRequest):
    return Article(title=request.POST.get("title", "").strip())  # >> request/unvalidated-body
