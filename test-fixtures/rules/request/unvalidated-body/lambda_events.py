"""AWS Lambda behind an API gateway: the body is a string inside the event."""
import json

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent, event_source
from aws_lambda_powertools.utilities.parser import event_parser, parse
from aws_lambda_powertools.utilities.typing import LambdaContext
from aws_lambda_powertools.utilities.validation import validate, validator
from pydantic import BaseModel

app = APIGatewayRestResolver()
SCHEMA = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}


class Note(BaseModel):
    text: str


def lambda_handler(event, context):
    sent = json.loads(event["body"])  # >> request/unvalidated-body
    return save(sent["text"])


def get_handler(event, context):
    sent = json.loads(event.get("body") or "{}")  # >> request/unvalidated-body
    return save(sent["text"])


def checked_handler(event, context):
    note = Note.model_validate_json(event["body"])  # >> quiet
    return save(note.text)


def parsed_handler(event, context):
    note = parse(event=event["body"], model=Note)  # >> quiet
    return save(note.text)


def validated_handler(event, context):
    sent = json.loads(event["body"])  # >> quiet
    validate(event=sent, schema=SCHEMA)
    return save(sent["text"])


@event_parser(model=Note)
def event_parser_handler(event: Note, context: LambdaContext):
    return save(event.text)  # >> quiet


@validator(inbound_schema=SCHEMA)
def validator_handler(event, context):
    return save(json.loads(event["body"])["text"])  # >> quiet


def queue_handler(event, context):
    for record in event["Records"]:
        save(record["body"])  # >> quiet


def not_a_handler(event, body):
    return save(event["body"]["text"])  # >> quiet


@event_source(data_class=APIGatewayProxyEvent)
def data_class_handler(event: APIGatewayProxyEvent, context: LambdaContext):
    return save(event.json_body["text"])  # >> request/unvalidated-body


@app.post("/notes")
def resolved():
    sent: dict = app.current_event.json_body  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/typed")
def resolved_typed(note: Note):
    return save(note.text)  # >> quiet


def save(text):
    with open("/srv/notes", "a") as notes:
        notes.write(text)
    return {"statusCode": 200, "body": text}
