from pydantic import BaseModel, Field


class ParcelIn(BaseModel):
    number: str = Field(min_length=8)
    recipient: str
    grams: int = Field(gt=0)


class CarrierEvent(BaseModel):
    number: str
    state: str
