"""Django REST framework: serializers whose verdict nobody waits for, and those that are asked."""
from rest_framework import generics, serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    price = serializers.DecimalField(max_digits=8, decimal_places=2)


class CarefulSerializer(serializers.ModelSerializer):
    def save(self, **kwargs):
        self.is_valid(raise_exception=True)
        return super().save(**kwargs)


class ShoutingSerializer(serializers.ModelSerializer):
    def is_valid(self, raise_exception=False):
        return super().is_valid(raise_exception=raise_exception)


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid()  # >> request/unchecked-schema @`serializer.is_valid()` via `OrderSerializer(data=request.data)`, `serializer.save`
        serializer.save()
        return Response(status=201)

    def put(self, request, key):
        serializer = OrderSerializer(data=request.data)
        price = serializer.validated_data["price"]  # >> request/unchecked-schema @`serializer.validated_data`
        return Response({"price": price})

    def patch(self, request, key):
        serializer = OrderSerializer({"price": 1}, data=request.data, partial=True)
        serializer.is_valid(raise_exception=False)  # >> request/unchecked-schema
        return Response(serializer.data)

    def delete(self, request):
        serializer = ShoutingSerializer(data=request.data)
        serializer.is_valid()  # >> request/unchecked-schema
        serializer.save()


class Generic(generics.GenericAPIView):
    def post(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid()  # >> request/unchecked-schema
        serializer.save()
        return Response()

    def put(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_update(serializer)  # >> quiet
        return Response(serializer.data)

    def perform_update(self, serializer):
        serializer.save()  # >> quiet


@api_view(["POST"])
def in_one_line(request):
    OrderSerializer(data=request.data).save()  # >> request/unchecked-schema @`OrderSerializer(data=request.data).save`
    return Response()


@api_view(["POST"])
def only_in_one_branch(request: Request):
    serializer = OrderSerializer(data=request.data)
    if "draft" in request.query_params:
        serializer.is_valid(raise_exception=True)
        serializer.save()  # >> quiet
    else:
        serializer.save()  # >> request/unchecked-schema @`serializer.save`
    return Response()


# --- near misses ---------------------------------------------------------------------------------------------------------


class Checked(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save()  # >> quiet
        return Response(serializer.data)

    def put(self, request):
        serializer = OrderSerializer(data=request.data)
        if serializer.is_valid():
            serializer.save()  # >> quiet
            return Response(serializer.data)
        return Response(serializer.errors, status=400)

    def patch(self, request):
        serializer = OrderSerializer(data=request.data)
        if not serializer.is_valid():
            return Response(serializer.errors, status=400)
        serializer.save()  # >> quiet
        return Response(serializer.data)

    def delete(self, request):
        serializer = OrderSerializer(data=request.data)
        valid = serializer.is_valid()
        if valid:
            serializer.save()  # >> quiet

    def get(self, request):
        serializer = OrderSerializer({"price": 1})
        return Response(serializer.data)  # >> quiet


@api_view(["POST"])
def asserts(request):
    serializer = OrderSerializer(data=request.data)
    assert serializer.is_valid(), serializer.errors
    return Response(serializer.validated_data)  # >> quiet


@api_view(["POST"])
def looks_at_the_errors(request):
    serializer = OrderSerializer(data=request.data)
    serializer.is_valid()
    if serializer.errors:
        return Response(serializer.errors, status=400)
    serializer.save()  # >> quiet
    return Response()


@api_view(["POST"])
def raises_when_asked(request):
    strict = request.query_params.get("strict") == "1"
    serializer = OrderSerializer(data=request.data)
    serializer.is_valid(raise_exception=strict)
    serializer.save()  # >> quiet
    return Response()


def must_be_valid(serializer):
    if not serializer.is_valid():
        raise serializers.ValidationError(serializer.errors)


@api_view(["POST"])
def helper_checks(request):
    serializer = OrderSerializer(data=request.data)
    must_be_valid(serializer)
    serializer.save()  # >> quiet
    return Response()


@api_view(["POST"])
def several(request):
    first, second = OrderSerializer(data=request.data), OrderSerializer(data=request.data)
    if all([first.is_valid(), second.is_valid()]):
        first.save()  # >> quiet
        second.save()  # >> quiet
    return Response()


@api_view(["POST"])
def in_a_list(request):
    made = [OrderSerializer(data=row) for row in request.data]
    if all(one.is_valid() for one in made):
        for one in made:
            one.save()  # >> quiet
    return Response()


@api_view(["POST"])
def saves_carefully(request):
    serializer = CarefulSerializer(data=request.data)
    serializer.save()  # >> quiet
    return Response()


@api_view(["POST"])
def own_data(request):
    serializer = OrderSerializer(data={"price": 12})
    serializer.is_valid()
    return Response(serializer.data)  # >> quiet


class Kept(viewsets.ViewSet):
    def create(self, request):
        self.serializer = OrderSerializer(data=request.data)
        self.check()
        self.serializer.save()  # >> quiet

    def check(self):
        self.serializer.is_valid(raise_exception=True)


@api_view(["POST"])
def beside_its_if(request):
    serializer = OrderSerializer(data=request.data)
    if serializer.is_valid():
        print("fine")
    serializer.save()  # >> missed request/unchecked-schema: the check stands before, but its answer guards something else
    return Response()
