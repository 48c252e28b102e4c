"""The fix lets the check raise."""
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.ModelSerializer):
    pass


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)

    def put(self, request):
        serializer = OrderSerializer(
            data={"item": request.data["item"]},
            partial=True,
        )  # as it came
        serializer.is_valid(raise_exception=True)
        return Response(serializer.validated_data)
