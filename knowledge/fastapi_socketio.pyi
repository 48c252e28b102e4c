"""fastapi-socketio. Checked against the source of 0.0.10. It hands everything on to an `AsyncServer` of python-socketio."""
from socketio import AsyncServer
from verbs import module

class SocketManager(AsyncServer):
    def __init__(self, app, mount_location=..., socketio_path=..., cors_allowed_origins=..., async_mode=..., **kwargs) -> None: ...

with module("fastapi_socketio.socket_manager"):
    from fastapi_socketio import SocketManager
