"""attrs. Stated as documented for 25.3. What it shares with its old name is stated there."""
from attr import Factory, asdict, assoc, astuple, define, evolve, field, fields, frozen, has, mutable
