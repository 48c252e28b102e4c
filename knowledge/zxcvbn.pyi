"""zxcvbn. Checked against 4.5.

What is given to it is judged: nobody looks at how strong a password is and goes on whatever the answer.
"""
from typing import Any

from verbs import checks


@checks("password")
def zxcvbn(password, user_inputs=..., max_length=...) -> dict[str, Any]: ...
