"""Django: views that read the request themselves."""
import json

from django import forms
from django.core.validators import validate_email
from django.http import HttpRequest, JsonResponse
from django.views import View
from django.views.decorators.http import require_POST
from pydantic import BaseModel


class ContactForm(forms.Form):
    mail = forms.EmailField()


class Contact(BaseModel):
    mail: str


def create(request: HttpRequest):
    data = json.loads(request.body)  # >> request/unvalidated-body @`request.body`
    return JsonResponse({"mail": data["mail"]})


@require_POST
def submit(request: HttpRequest):
    mail = request.POST["mail"]  # >> request/unvalidated-body @`request.POST`
    return JsonResponse({"mail": mail})


class ContactView(View):
    def post(self, request: HttpRequest):
        data = json.loads(request.body)  # >> request/unvalidated-body @`request.body`
        return JsonResponse({"mail": data["mail"]})


def with_form(request: HttpRequest):
    form = ContactForm(request.POST)  # >> quiet
    if form.is_valid():
        return JsonResponse({"mail": form.cleaned_data["mail"]})
    return JsonResponse(form.errors, status=400)


def with_model(request: HttpRequest):
    contact = Contact.model_validate_json(request.body)  # >> quiet
    return JsonResponse({"mail": contact.mail})


def with_model_later(request: HttpRequest):
    data = json.loads(request.body)  # >> quiet
    contact = Contact(**data)
    return JsonResponse({"mail": contact.mail})


def only_the_method(request: HttpRequest):
    return JsonResponse({"method": request.method, "page": request.GET.get("page")})  # >> quiet


def asks_which_button(request: HttpRequest):
    publishes = bool(request.POST.get("force")) and not request.POST.get("draft")  # >> quiet
    if request.POST.get("publish") and (publishes or request.POST.get("now")):  # >> quiet
        return JsonResponse({"state": "live"})
    if request.POST.get("action") == "delete" or request.POST.get("mode") in ("hide", "archive"):  # >> quiet
        return JsonResponse({"state": "gone"})
    return JsonResponse({"state": "old" if request.POST.get("keep") is not None else "new"})  # >> quiet


def asks_and_takes(request: HttpRequest):
    if request.POST.get("mail"):  # >> quiet
        return JsonResponse({"mail": request.POST.get("mail")})  # >> request/unvalidated-body
    return JsonResponse({"name": request.POST.get("name") or "nobody"})  # >> quiet


def asks_for_what_may_be_missing(request: HttpRequest):
    if json.loads(request.body)["publish"]:  # >> request/unvalidated-body
        return JsonResponse({"state": "live"})


def checks_parts_in_a_form(request: HttpRequest):
    form = ContactForm({"mail": request.POST.get("mail", "").strip()})  # >> quiet
    return JsonResponse(form.errors if not form.is_valid() else form.cleaned_data)


def asks_a_name(request: HttpRequest):
    publish = request.POST.get("publish", False)  # >> quiet
    return JsonResponse({"state": "live" if publish else "draft"})


def checks_named_parts_in_a_form(request: HttpRequest):
    mail = request.POST.get("mail", "").strip()  # >> quiet
    form = ContactForm({"mail": mail})
    return JsonResponse(form.errors if not form.is_valid() else form.cleaned_data)


def checks_each_item(request: HttpRequest):
    contacts = [Contact(**row) for row in json.loads(request.body)]  # >> quiet
    return JsonResponse({"mails": [contact.mail for contact in contacts]})


def checks_one_value(request: HttpRequest):
    mail = request.POST["mail"]  # >> quiet
    validate_email(mail)
    return JsonResponse({"mail": mail})


def converts_with_care(request: HttpRequest):
    try:
        page = int(request.POST["page"])  # >> quiet
        size = request.POST["size"]  # >> quiet
        size = int(size)
    except (KeyError, ValueError):
        return JsonResponse({}, status=400)
    return JsonResponse({"page": page, "size": size})


def converts_without_care(request: HttpRequest):
    return JsonResponse({"page": int(request.POST["page"])})  # >> request/unvalidated-body


def asks_a_name_more_often(request: HttpRequest):
    action = request.POST.get("action")  # >> quiet
    if not action or action not in ("hide", "archive"):
        return JsonResponse({}, status=400)
    return JsonResponse({"hidden": action == "hide"})


def asks_a_name_and_takes_it(request: HttpRequest):
    action = request.POST.get("action")  # >> request/unvalidated-body
    if not action:
        return JsonResponse({}, status=400)
    return JsonResponse({"did": action})


def checks_what_stands_in_a_part(request: HttpRequest):
    person = json.loads(request.body).get("person", {})  # >> quiet
    form = ContactForm({"mail": person.get("mail")})
    return JsonResponse(form.errors if not form.is_valid() else form.cleaned_data)


THEMES = ("dark", "light")


def takes_one_of_few(request: HttpRequest, user):
    theme = request.POST.get("theme", "")  # >> quiet
    if theme in ("dark", "light"):
        user.theme = theme
    mode = request.POST.get("mode")  # >> quiet
    if mode not in THEMES:
        return JsonResponse({}, status=400)
    return JsonResponse({"mode": mode})


def looks_among_what_is_there(request: HttpRequest, user):
    name = request.POST.get("name")  # >> request/unvalidated-body
    if name in user.names:
        return JsonResponse({"name": name})


def asks_somebody_who_knows(request: HttpRequest):
    key = request.POST.get("key", "").strip()  # >> quiet
    if not key or not is_valid_key(key):
        return JsonResponse({}, status=400)
    return JsonResponse({"key": key})


def is_valid_key(key):
    return key.isalnum()


def compares_what_is_there(request: HttpRequest):
    if "code" in request.POST:
        return JsonResponse({"right": request.POST["code"] == "4711"})  # >> quiet


def keeps_the_beginning(request: HttpRequest):
    return JsonResponse({"begin": store(request.body[:100])})  # >> quiet


def store(raw):
    return archive.put(raw)
