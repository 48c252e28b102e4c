"""pytest-asyncio. Only what is needed to know how fixtures end."""
from verbs import resumes

@resumes
def fixture(fixture_function=..., *, loop_scope=..., scope=..., params=..., autouse=..., ids=..., name=...): ...
