"""bcrypt.

Checked against the source of 5.0.0. It computes for a tenth of a second and more, by design; `gensalt` only draws
random bytes.
"""
from verbs import cpu

@cpu("password hashing")
def hashpw(password, salt) -> bytes: ...
@cpu("password hashing")
def checkpw(password, hashed_password) -> bool: ...
@cpu("password hashing")
def kdf(password, salt, desired_key_bytes, rounds, ignore_few_rounds=...) -> bytes: ...
def gensalt(rounds=..., prefix=...) -> bytes: ...
