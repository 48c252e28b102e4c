"""Names that mean something else already are imported under others; the import of a library is extended, its comment kept."""
from typing import Any, List  # of the other views

from django.http import HttpRequest, HttpResponse
from rest_framework.response import Response
from rest_framework.views import APIView

forms = [Any, List]
serializers = {}


class AnswerForm:
    pass


def answer(request: HttpRequest):
    form = request.POST.get("form")  # >> request/unvalidated-body
    data = request.POST.get("data", "")
    return HttpResponse(form + data)


class AnswerView(APIView):
    def post(self, request):
        serializer = request.data["serializer"].strip()  # >> request/unvalidated-body
        return Response(serializer)


class Answer:
    def answer(self, request: HttpRequest):
        return HttpResponse(request.POST["answer"])  # >> request/unvalidated-body
