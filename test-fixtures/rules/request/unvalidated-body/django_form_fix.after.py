"""Django: a form above the view. What it has cleaned holds every key, so that defaults go into the fields."""
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views import View
from django import forms
from django.core.exceptions import BadRequest

from .models import Article


class SaveForm(forms.Form):
    title = forms.CharField()
    body = forms.CharField(required=False)
    rank = forms.IntegerField(required=False)
    kind = forms.CharField(required=False, empty_value="news")
    parent_id = forms.CharField(required=False, empty_value=None)
    next = forms.CharField(required=False)


def save(request: HttpRequest, pk):
    article = Article.objects.get(pk=pk)
    if request.method == "POST":
        form = SaveForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        data = form.cleaned_data
        article.title = data["title"]
        article.body = data["body"]
        article.rank = int(data["rank"] if data["rank"] is not None else 1)
        article.kind = data["kind"]
        article.parent_id = data["parent_id"]
        article.save()
        return redirect(data["next"] or article.url)
    return render(request, "article.html", {"article": article})


class LoginPostForm(forms.Form):
    password = forms.CharField(required=False, empty_value=None, strip=False)


class Login(View):
    def post(self, request):
        form = LoginPostForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        data = form.cleaned_data
        secret = data["password"]
        if secret is None:
            return HttpResponse(status=400)
        return HttpResponse(self.open(secret))


class TitleOfForm(forms.Form):
    title = forms.CharField(required=False)


def title_of(request: HttpRequest):
    form = TitleOfForm(request.POST)
    if not form.is_valid():
        raise BadRequest(form.errors.as_json())
    data = form.cleaned_data
    return Article(title=data["title"].strip())
