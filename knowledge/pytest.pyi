"""pytest. Only what is needed to know how fixtures end."""
from verbs import resumes

@resumes
def fixture(fixture_function=..., *, scope=..., params=..., autouse=..., ids=..., name=...): ...
@resumes
def yield_fixture(fixture_function=..., *args, scope=..., params=..., autouse=..., ids=..., name=...): ...
