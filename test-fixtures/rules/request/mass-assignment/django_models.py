"""Django: managers and serializers that take whatever keys come."""
import json

from django import forms
from django.db import models
from django.http import HttpRequest, JsonResponse
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class Order(models.Model):
    item = models.CharField(max_length=100)


class OrderForm(forms.Form):
    item = forms.CharField()


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order


def create(request: HttpRequest):
    order = Order.objects.create(**json.loads(request.body))  # >> request/mass-assignment via `request.body`
    return JsonResponse({"id": order.id})


def change(request: HttpRequest, key):
    Order.objects.filter(pk=key).update(**request.POST.dict())  # >> request/mass-assignment
    Order.objects.update_or_create(pk=key, defaults=json.loads(request.body))  # >> request/mass-assignment
    return JsonResponse({})


class Orders(APIView):
    def post(self, request):
        order = Order(**request.data)  # >> request/mass-assignment @`Order(**request.data)`
        order.save()
        return Response()

    def put(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save(**request.data)  # >> request/mass-assignment
        return Response()

    def patch(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        Order.objects.create(**serializer.validated_data)  # >> quiet
        serializer.save(owner=request.user)  # >> quiet
        return Response()


def through_a_form(request: HttpRequest):
    form = OrderForm(request.POST)
    if form.is_valid():
        Order.objects.create(**form.cleaned_data)  # >> quiet
    return JsonResponse({})


def by_field(request: HttpRequest):
    Order.objects.create(item=request.POST["item"])  # >> request/unvalidated-body
    return JsonResponse({})


def as_a_filter(request: HttpRequest):
    return JsonResponse({"found": Order.objects.filter(**request.POST.dict()).count()})  # >> quiet


class Nested(APIView):
    def put(self, request):
        sent = request.data.get("order", {})
        sent.pop("is_paid", None)
        Order.objects.filter(pk=1).update(**sent)  # >> request/mass-assignment via `request.data`
        return Response()

    def post(self, request):
        sent = request.data.get("order", {})  # >> request/unvalidated-body
        Order.objects.create(**{key: sent.get(key) for key in ("item", "note")})  # >> quiet
        return Response()
