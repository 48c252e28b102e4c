"""No decorator and no annotation says what `request` is."""
import json

from django.http import JsonResponse


def create(request):
    data = json.loads(request.body)  # >> request/unvalidated-body @`request.body`
    return JsonResponse({"name": data["name"]})


def cancel(request):
    return JsonResponse({"why": request.POST["why"]})  # >> request/unvalidated-body @`request.POST`


def refund(request):
    return JsonResponse({"sum": request.POST["sum"]})  # >> request/unvalidated-body @`request.POST`


def hook(request):
    return JsonResponse({"event": request.POST["event"]})  # >> quiet


def helper(request):
    return request.POST["event"]  # >> quiet


HOOKS = {}


def remember(name, hook):
    HOOKS[name] = hook
