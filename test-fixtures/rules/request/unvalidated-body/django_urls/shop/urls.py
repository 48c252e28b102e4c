"""Views that are plain functions are known by where they are registered."""
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path

from shop import views
from shop.views import cancel, remember

admin = [path("refund/", login_required(views.refund))]

urlpatterns = [
    path("orders/", views.create),
    re_path(r"^cancel/$", cancel, name="cancel"),
    path("admin/", include(admin)),
]

remember("hook", views.hook)
