from .v1 import routes as routes
