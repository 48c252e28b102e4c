"""email-validator.

Written from the documentation of 2.3; not run. It asks the name server whether the domain takes mail. Who names
`check_deliverability` nearly always does so to switch that off, or passes on a parameter: silent then.
"""
from verbs import blocks, validates

class ValidatedEmail:
    normalized: str
    email: str
    local_part: str
    domain: str
    ascii_email: str
@validates("email")
@blocks("a network reply", unless=arg("check_deliverability") == False)
def validate_email(email, *, allow_smtputf8=..., allow_empty_local=..., check_deliverability=..., test_environment=...,
                   globally_deliverable=..., timeout=..., dns_resolver=..., **kwargs) -> ValidatedEmail: ...
def caching_resolver(*, timeout=..., cache=..., dns_resolver=...): ...
class EmailNotValidError(ValueError): ...
class EmailSyntaxError(EmailNotValidError): ...
class EmailUndeliverableError(EmailNotValidError): ...
