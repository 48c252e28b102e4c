"""What others import; the names in the settings lead to where the functions are written."""
from app.store import Orders, save

__all__ = ["Orders", "save"]
