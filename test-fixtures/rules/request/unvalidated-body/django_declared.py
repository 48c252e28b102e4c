"""Keys that a form or serializer declares, read raw after it found them valid, and keys beside it."""
import hmac

from django import forms
from django.db import models
from django.http import HttpRequest, JsonResponse
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet


class Order(models.Model):
    name = models.CharField(max_length=80)
    due = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField()


class DueForm(forms.ModelForm):
    extra = forms.CharField(required=False)

    class Meta:
        model = Order
        fields = ["due"]


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ("name", "due", "paid_at")
        read_only_fields = ["paid_at"]


class AllSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


def declared(request: HttpRequest, order: Order):
    form = DueForm(request.POST, instance=order)
    if form.is_valid():
        order.due = request.POST.get("due")  # >> quiet
        order.name = request.POST.get("extra")  # >> quiet
        order.save()
    return JsonResponse({})


def beside(request: HttpRequest, order: Order):
    form = DueForm(request.POST, instance=order)
    if form.is_valid():
        order.note = request.POST.get("note")  # >> request/unvalidated-body "note"
        order.save()
    return JsonResponse({})


def before(request: HttpRequest, order: Order):
    order.due = request.POST.get("due")  # >> request/unvalidated-body
    form = DueForm(request.POST, instance=order)
    if form.is_valid():
        order.save()
    return JsonResponse({})


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        if not serializer.is_valid():
            return Response(serializer.errors, status=400)
        order = serializer.save()
        order.note = request.data.get("name")  # >> quiet
        order.paid_at = request.data.get("paid_at")  # >> request/unvalidated-body "paid_at"
        return Response({})

    def put(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        order = serializer.save()
        order.note = request.data.get("note")  # >> request/unvalidated-body
        return Response({})

    def patch(self, request):
        serializer = AllSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        order = serializer.save()
        order.note = self.request.data.get("note")  # >> quiet
        order.made_at = request.data.get("made_at")  # >> request/unvalidated-body
        return Response({})


class Cycles(APIView):
    def patch(self, request, cycle):
        sent = request.data  # >> quiet
        if "sort_order" in sent:
            sent = {"sort_order": sent.get("sort_order", cycle.sort_order)}
        serializer = OrderSerializer(cycle, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return Response({})


class Fields(APIView):
    def post(self, request, order):
        field = serializers.BooleanField()
        order.forced = field.to_internal_value(request.data.get("force", False))  # >> quiet
        order.name = serializers.CharField().run_validation(request.data.get("name"))  # >> quiet
        return Response({})


class Helped(ViewSet):
    def create(self, request, order):
        return self._store(request, order)

    def _store(self, request, order):
        order.note = request.data.get("note")  # >> request/unvalidated-body
        order.save()
        return Response({})


class Hooks(APIView):
    def post(self, request):
        text = self.request.body.decode()  # >> quiet
        if not hmac.compare_digest(digest_of("secret", text), request.headers["x-signature"]):
            return Response(status=403)
        return Response({})


def digest_of(secret, text):
    return hmac.new(secret.encode(), msg=text.encode(), digestmod="sha256").hexdigest()
