"""Django REST framework: a serializer of the model's fields."""
from django.db import models
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView


class Order(models.Model):
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)
    note = models.CharField(max_length=80, blank=True)
    count = models.IntegerField()
    created = models.DateTimeField(auto_now_add=True)


class OrdersPostSerializer(serializers.Serializer):
    customer_id = serializers.JSONField()
    note = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    count = serializers.IntegerField()


class Orders(APIView):
    def post(self, request):
        serializer = OrdersPostSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        Order.objects.create(**data)
        return Response(status=status.HTTP_201_CREATED)
