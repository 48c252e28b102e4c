"""Django: what is read only finds, is told, or is compared, in the words of real views."""
import json
import logging
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

logger = logging.getLogger(__name__)


class Order(models.Model):
    class State(models.TextChoices):
        OPEN = "open"
        SHIPPED = "shipped"

    name = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=State.choices)
    seen_at = models.DateTimeField()


class PickForm(forms.Form):
    pk = forms.ModelMultipleChoiceField(Order.objects.all())


class CodeError(Exception):
    pass


class Code:
    def __init__(self, text):
        if not text.isalnum():
            raise CodeError(text)
        self.text = text


def deletes_those(request: HttpRequest):
    ids = request.POST.getlist("ids")  # >> quiet
    if len(ids) == 0:
        return JsonResponse({}, status=400)
    gone = Order.objects.filter(id__in=ids).delete()[0]
    messages.info(request, f"{gone} of {len(ids)} orders are gone")
    return redirect("orders")


def deletes_a_set(request: HttpRequest):
    ids = set(request.POST.getlist("ids"))  # >> quiet
    Order.objects.filter(~Q(name="kept"), Q(id__in=ids)).delete()
    return redirect("orders")


def deletes_at_once(request: HttpRequest):
    Order.objects.filter(id__in=request.POST.getlist("ids")).delete()  # >> quiet
    return JsonResponse({"left": len(Order.objects.in_bulk(request.POST.getlist("kept")))})  # >> quiet


def takes_ids_from_either(request: HttpRequest):
    ids = request.POST.getlist("ids") if request.method == "POST" else request.GET.getlist("ids")  # >> quiet
    return JsonResponse({"found": Order.objects.filter(id__in=ids).count()})


def deletes_those_of_json(request: HttpRequest):
    ids = json.loads(request.body).get("ids", [])  # >> request/unvalidated-body
    Order.objects.filter(id__in=ids).delete()
    return redirect("orders")


def deletes_those_of_json_with_care(request: HttpRequest):
    ids = json.loads(request.body).get("ids")  # >> quiet
    try:
        Order.objects.filter(id__in=ids).delete()
    except Exception as error:
        return JsonResponse({"error": str(error)}, status=400)
    return redirect("orders")


def converts_each(request: HttpRequest):
    ids = [int(pk) for pk in request.POST.getlist("ids")]  # >> request/unvalidated-body
    return JsonResponse({"found": Order.objects.filter(id__in=ids).count()})


def hands_on_each(request: HttpRequest, order: Order):
    for name in request.POST.getlist("names"):  # >> request/unvalidated-body
        order.name = name
        order.save()


class Renames(View):
    fields = ("name", "note")
    actions = ("ship", "hide")

    def post(self, request):
        names = [f for f in request.POST.getlist("fields") if f in self.fields]  # >> quiet
        return JsonResponse({"names": names})

    def put(self, request):
        numbers = [int(n) for n in request.POST.getlist("numbers") if n.isdigit()]  # >> quiet
        return JsonResponse({"numbers": numbers})

    def patch(self, request):
        if "action" in request.POST:
            return self.handle(request, request.POST["action"])  # >> quiet
        return self.store(request.POST.get("note"))  # >> request/unvalidated-body

    def delete(self, request):
        names = [f for f in request.POST.getlist("fields") if f]  # >> request/unvalidated-body
        return JsonResponse({"names": names})

    def handle(self, request, action):
        if action not in self.actions:
            return JsonResponse({}, status=400)
        return getattr(self, action)(request)

    def store(self, note):
        Order.objects.create(name=note)
        return JsonResponse({"note": note})


def next_of(request: HttpRequest):
    target = request.POST.get("next")  # >> quiet
    if target and url_has_allowed_host_and_scheme(url=target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("orders")


def next_by_another(request: HttpRequest):
    target = request.POST.get("next")  # >> quiet
    return redirect(target if target and safe_for_redirect(target) else "orders")


def safe_for_redirect(target):
    return target.startswith("/")


def next_unseen(request: HttpRequest):
    target = request.POST.get("next")  # >> request/unvalidated-body
    return redirect(target or "orders")


def compares_text(request: HttpRequest, order: Order):
    if request.POST.get("id") and str(order.id) != str(request.POST.get("id")):  # >> quiet
        return JsonResponse({}, status=400)
    sent = request.POST.get("version")  # >> quiet
    return JsonResponse({"same": str(sent) == str(order.id)})


def names_in_passing(request: HttpRequest, order: Order):
    if version := request.POST.get("version"):  # >> quiet
        return JsonResponse({"old": version != str(order.id)})
    if (key := request.POST.get("key")) is not None:  # >> quiet
        return JsonResponse({"found": get_object_or_404(Order, pk=key).name})
    if name := request.POST.get("name"):  # >> request/unvalidated-body
        order.name = name
        order.save()


def asks_for_a_page(request: HttpRequest):
    kind = request.GET.get("format") or request.POST.get("format")  # >> quiet
    return request.accepts("text/html") or (kind and kind != "api")


def tells(request: HttpRequest):
    name = request.POST.get("name")  # >> quiet
    logger.info("looking for %s", name)
    found = Order.objects.filter(name=name).first()
    if not found:
        messages.error(request, "There is no {name}.".format(name=name))
    messages.info(request, "Asked by " + request.POST.get("asked_by", ""))  # >> quiet
    return redirect("orders")


def finds_and_links(request: HttpRequest):
    key = request.POST.get("order")  # >> quiet
    order = get_object_or_404(Order, pk=key)
    order.delete()
    return HttpResponseRedirect(reverse("order", kwargs={"key": key}))


def takes_a_known_state(request: HttpRequest, order: Order):
    state = request.POST.get("state")  # >> quiet
    if state not in Order.State.values:
        return JsonResponse({}, status=400)
    kinds = ["letter", "parcel"]
    kind = request.POST.get("kind")  # >> quiet
    if kind not in kinds:
        return JsonResponse({}, status=400)
    return JsonResponse({"state": state, "kind": kind})


LOADERS = {"csv": len, "json": str}


def looks_up(request: HttpRequest):
    loader = LOADERS.get(request.POST.get("kind") or request.GET.get("kind"))  # >> quiet
    nothing = request.POST.getlist("nothing")  # >> quiet
    return JsonResponse({"loader": str(loader), "nothing": [f for f in ("name", "note") if f in nothing]})


def tells_what_is_missing(request: HttpRequest):
    key = request.POST.get("order")  # >> quiet
    try:
        order = Order.objects.get(pk=key)
    except Order.DoesNotExist:
        raise LookupError(f"there is no order {key}") from None
    return JsonResponse({"name": order.hooks.get(url=request.POST.get("url")).name})  # >> quiet


def asks_for_mistakes(request: HttpRequest, order: Order):
    name = request.POST.get("name", "").strip()  # >> quiet
    mistake = validate_name(name)
    if mistake:
        return JsonResponse({"mistake": mistake}, status=400)
    order.name = name
    order.save()


def validate_name(name):
    return None if name.isalpha() else "letters only"


class Kept(View):
    def post(self, request):
        self.action = request.POST.get("action")  # >> quiet
        return self.answer()

    def answer(self):
        return JsonResponse({"known": self.action in ("ship", "hide")})


def previews(request: HttpRequest):
    order = Order(name=request.POST.get("name", ""))  # >> quiet
    order.state = Order.State.OPEN
    return render(request, "preview.html", {"order": order, "note": request.POST.get("note")})  # >> quiet


def previews_and_saves(request: HttpRequest):
    order = Order(name=request.POST.get("name", ""))  # >> request/unvalidated-body
    order.save()
    return render(request, "preview.html", {"order": order})


def shows_again(request: HttpRequest):
    name = request.POST.get("name")  # >> quiet
    context = {"name": name}
    context["note"] = request.POST.get("note", "")  # >> quiet
    return render(request, "again.html", context)


def prefills(request: HttpRequest):
    form = PickForm(initial={"pk": request.POST.getlist("pk")})  # >> quiet
    initial = {"pk": []}
    initial["pk"] = request.POST.getlist("more")  # >> quiet
    return render(request, "pick.html", {"form": form, "more": PickForm(initial=initial)})


def asks_a_form_of_a_kind(request: HttpRequest, kinds):
    form_class = kinds.form_class()
    form = form_class({"title": request.POST.get("title"), "owner": request.POST.get("owner")}, user=request.user)  # >> quiet
    return JsonResponse(form.errors if not form.is_valid() else {})


def parses_with_care(request: HttpRequest):
    sent = request.POST.get("code", "")  # >> quiet
    try:
        code = Code(sent)
    except CodeError:
        return JsonResponse({}, status=400)
    return JsonResponse({"code": code.text})


def stores_without_care(request: HttpRequest):
    sent = request.POST.get("name", "")  # >> request/unvalidated-body
    try:
        order = Order(name=sent)
        order.save()
    except IntegrityError:
        return JsonResponse({}, status=409)
    return JsonResponse({"name": order.name})


def cleans(request: HttpRequest, order: Order):
    order.name = request.POST.get("name", "")  # >> quiet
    try:
        order.full_clean()
    except ValidationError:
        return JsonResponse({}, status=400)
    order.save()
    return JsonResponse({})


def cleans_another(request: HttpRequest, order: Order, another: Order):
    order.name = request.POST.get("name", "")  # >> request/unvalidated-body
    another.full_clean()
    order.save()
    return JsonResponse({"at": datetime.now().isoformat()})
