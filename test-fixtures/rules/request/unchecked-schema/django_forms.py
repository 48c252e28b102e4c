"""Forms of Django, WTForms and Flask-WTF; schemas that answer instead of raising."""
from cerberus import Validator
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import FormView
from flask import Flask, request
from flask_wtf import FlaskForm
from marshmallow import Schema, fields
from wtforms import Form

app = Flask(__name__)


class ContactForm(forms.Form):
    mail = forms.EmailField()

    def send(self):
        return self.cleaned_data["mail"]  # >> quiet

    def clean(self):
        return self.cleaned_data  # >> quiet


class AccountForm(forms.ModelForm):
    pass


def takes(request: HttpRequest):
    form = ContactForm(request.POST)
    return HttpResponse(form.cleaned_data["mail"])  # >> request/unchecked-schema @`form.cleaned_data`


def drops(request: HttpRequest):
    form = AccountForm(request.POST, request.FILES)
    form.is_valid()  # >> request/unchecked-schema @`form.is_valid()`
    form.save()
    return HttpResponse()


def asks(request: HttpRequest):
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponse(form.cleaned_data["mail"])  # >> quiet
    return render(request, "contact.html", {"form": form})


def looks(request: HttpRequest):
    form = AccountForm(request.POST)
    if form.errors:
        return HttpResponse(status=400)
    form.save()  # >> quiet
    return HttpResponse()


def lets_the_form_do_it(request: HttpRequest):
    form = ContactForm(request.POST)
    return HttpResponse(form.send())  # >> quiet


def empty(request: HttpRequest):
    form = AccountForm()
    form.save()  # >> quiet


class Contact(FormView):
    form_class = ContactForm

    def form_valid(self, form):
        return HttpResponse(form.cleaned_data["mail"])  # >> quiet


class Search(Form):
    pass


class Login(FlaskForm):
    pass


class Account:
    mail = ""


@app.post("/search")
def search():
    form = Search(request.form)
    return form.data["q"]  # >> request/unchecked-schema @`form.data`


@app.post("/search-checked")
def search_checked():
    form = Search(request.form)
    if not form.validate():
        return "", 400
    return form.data["q"]  # >> quiet


@app.post("/account")
def account():
    form = Login()
    form.populate_obj(Account())  # >> request/unchecked-schema
    return ""


@app.post("/account-checked")
def account_checked():
    form = Login()
    if form.validate_on_submit():
        form.populate_obj(Account())  # >> quiet
    return ""


class Order(Schema):
    item = fields.String(required=True)


@app.post("/dropped-answer")
def dropped_answer():
    sent = request.get_json()  # >> request/unvalidated-body
    Order().validate(sent)
    return sent["item"]


@app.post("/heeded-answer")
def heeded_answer():
    sent = request.get_json()  # >> quiet
    wrong = Order().validate(sent)
    if wrong:
        return wrong, 400
    return sent["item"]


@app.post("/heeded-cerberus")
def heeded_cerberus():
    sent = request.get_json()  # >> quiet
    if not Validator({"item": {"type": "string"}}).validate(sent):
        return "", 400
    return sent["item"]
