"""Names that mean something else already are imported under others; the import of a library is extended, its comment kept."""
from typing import Any, List  # of the other views

from django.http import HttpRequest, HttpResponse, JsonResponse
from django import forms as django_forms
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework import serializers as rest_framework_serializers

forms = [Any, List]
serializers = {}


class AnswerForm:
    pass


class AnswerForm2(django_forms.Form):
    form = django_forms.CharField(required=False)
    data = django_forms.CharField(required=False)


def answer(request: HttpRequest):
    sent_form = AnswerForm2(request.POST)
    if not sent_form.is_valid():
        return JsonResponse({"errors": sent_form.errors}, status=400)
    sent = sent_form.cleaned_data
    form = sent["form"]
    data = sent["data"]
    return HttpResponse(form + data)


class AnswerPostSerializer(rest_framework_serializers.Serializer):
    serializer = rest_framework_serializers.CharField(allow_blank=True)


class AnswerView(APIView):
    def post(self, request):
        body_serializer = AnswerPostSerializer(data=request.data)
        body_serializer.is_valid(raise_exception=True)
        data = body_serializer.validated_data
        serializer = data["serializer"].strip()
        return Response(serializer)


class AnswerForm3(django_forms.Form):
    answer = django_forms.CharField()


class Answer:
    def answer(self, request: HttpRequest):
        form = AnswerForm3(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        data = form.cleaned_data
        return HttpResponse(data["answer"])
