"""Django REST framework: a serializer above the view; what it found valid is read by the same keys."""
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Label, Order


class LabelEndpoint(APIView):
    def post(self, request, project_id):
        label = Label.objects.get(id=project_id)
        # What was there stays where nothing is sent.
        label.name = request.data.get("name", label.name)  # >> request/unvalidated-body
        label.color = request.data.get("color").lower()
        label.archived = request.data.get("archived", False)
        label.parent = request.data.get("parent", False)
        for key in request.data.get("keys", []):
            label.keys.add(key)
        label.save()
        return Response(status=status.HTTP_204_NO_CONTENT)


@api_view(["POST"])
def order(request):
    data = request.data  # >> request/unvalidated-body
    password = data["password"]
    if data.get("kind") == "gift":
        return Response({"note": data["note"]})
    return Response(Order.place(int(data["count"]), password))
