"""Django REST framework: a serializer of the model's fields."""
from django.db import models
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView


class Order(models.Model):
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)
    note = models.CharField(max_length=80, blank=True)
    count = models.IntegerField()
    created = models.DateTimeField(auto_now_add=True)


class Orders(APIView):
    def post(self, request):
        Order.objects.create(**request.data)  # >> request/mass-assignment
        return Response(status=status.HTTP_201_CREATED)
