"""Forms are asked right after they are made, or where the answer was dropped."""
from django import forms
from django.http import HttpRequest, HttpResponse


class ContactForm(forms.Form):
    mail = forms.EmailField()


def takes(request: HttpRequest):
    form = ContactForm(request.POST)
    return HttpResponse(form.cleaned_data["mail"])  # >> request/unchecked-schema @`form.cleaned_data`


def drops(request: HttpRequest):
    form = ContactForm(request.POST)
    form.is_valid()  # >> request/unchecked-schema @`form.is_valid()`
    return HttpResponse(form.cleaned_data["mail"])


def mail_of(request: HttpRequest):
    form = ContactForm(request.POST)
    return form.cleaned_data["mail"]  # >> request/unchecked-schema @`form.cleaned_data`
