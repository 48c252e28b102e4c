"""Gives them to whatever it is given."""
from views import checked, create
from plain import kept


def setup_routes(app):
    app.router.add_post("/notes", create)
    app.router.add_post("/checked", checked)
    app.router.add_post("/kept", kept)
