"""DRF: what is read beside a serializer, and what goes through one in another dict."""
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class CycleSerializer(serializers.Serializer):
    name = serializers.CharField()
    sort_order = serializers.FloatField()


class Rebuilt(APIView):
    def patch(self, request, cycle):
        sent = request.data  # >> quiet
        if cycle.done:
            if "sort_order" in sent:
                sent = {"sort_order": sent.get("sort_order", cycle.sort_order)}
            else:
                return Response({"error": "it is done"}, status=400)
        serializer = CycleSerializer(cycle, data=sent, partial=True)
        if serializer.is_valid():
            serializer.save()
            return Response(serializer.data)
        return Response(serializer.errors, status=400)


class Mailed(APIView):
    def post(self, request):
        mail = request.data.get("mail", "")  # >> quiet
        mail = str(mail).strip().lower()
        try:
            validate_email(mail)
        except ValidationError:
            return Response(status=400)
        return Response({"mail": save(mail)})

    def put(self, request):
        mail = request.data.get("mail", "")  # >> request/unvalidated-body
        mail = mail.strip().lower()
        return Response({"mail": save(mail)})


def save(text):
    with open("/srv/notes", "a") as notes:
        notes.write(str(text))
    return str(text)
