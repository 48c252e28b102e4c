"""Django REST framework: a serializer above the view; what it found valid is read by the same keys."""
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Label, Order


class LabelPostSerializer(serializers.Serializer):
    name = serializers.JSONField(required=False, allow_null=True)
    color = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    archived = serializers.BooleanField(required=False)
    parent = serializers.JSONField(required=False)
    keys = serializers.ListField(required=False)


class LabelEndpoint(APIView):
    def post(self, request, project_id):
        label = Label.objects.get(id=project_id)
        serializer = LabelPostSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        # What was there stays where nothing is sent.
        label.name = data.get("name", label.name)
        label.color = data.get("color").lower()
        label.archived = data.get("archived", False)
        label.parent = data.get("parent", False)
        for key in data.get("keys", []):
            label.keys.add(key)
        label.save()
        return Response(status=status.HTTP_204_NO_CONTENT)


class OrderSerializer(serializers.Serializer):
    password = serializers.CharField(allow_blank=True, trim_whitespace=False)
    kind = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    note = serializers.JSONField(required=False, allow_null=True)
    count = serializers.IntegerField(required=False, allow_null=True)


@api_view(["POST"])
def order(request):
    serializer = OrderSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    data = serializer.validated_data
    password = data["password"]
    if data.get("kind") == "gift":
        return Response({"note": data["note"]})
    return Response(Order.place(int(data["count"]), password))
