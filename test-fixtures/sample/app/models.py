from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Parcel(Base):
    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    recipient: Mapped[str]
    state: Mapped[str] = mapped_column(default="announced")
    grams: Mapped[int] = mapped_column(default=0)
