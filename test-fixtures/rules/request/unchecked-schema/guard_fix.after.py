"""Forms are asked right after they are made, or where the answer was dropped."""
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.core.exceptions import BadRequest


class ContactForm(forms.Form):
    mail = forms.EmailField()


def takes(request: HttpRequest):
    form = ContactForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    return HttpResponse(form.cleaned_data["mail"])


def drops(request: HttpRequest):
    form = ContactForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    return HttpResponse(form.cleaned_data["mail"])


def mail_of(request: HttpRequest):
    form = ContactForm(request.POST)
    if not form.is_valid():
        raise BadRequest(form.errors.as_json())
    return form.cleaned_data["mail"]
