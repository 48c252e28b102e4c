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


class Preferences(APIView):
    def patch(self, request, account):
        sent = request.data  # >> request/unvalidated-body
        account.preferences = {**account.preferences, **sent}
        account.save()
        return Response(account.preferences)

    def put(self, request, account):
        sent = request.data  # >> quiet
        account.preferences = {**account.preferences, **CycleSerializer().run_validation(sent)}
        account.save()
        return Response(account.preferences)


class Complained(APIView):
    def post(self, request):
        sent = request.data  # >> quiet
        errors = mistakes_in(sent)
        if errors:
            return Response(errors, status=400)
        return Response({"name": save(sent["name"])})


class Printed(APIView):
    def post(self, request):
        sent = request.data  # >> request/unvalidated-body
        lines = mistakes_in(sent)
        return Response(lines)


def mistakes_in(sent):
    return [name for name in ("name", "sort_order") if not sent.get(name)]


class Settled(APIView):
    def post(self, request):
        sent = request.data  # >> request/unvalidated-body
        err = settle(sent)
        if err:
            return Response(err, status=400)
        return Response({"name": save(sent["name"])})


def settle(sent):
    return None if sent.get("sort_order") else "sort_order is missing"
