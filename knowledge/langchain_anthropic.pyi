"""langchain-anthropic. Written from its documentation; not run."""

from langchain_core.language_models import BaseChatModel
class ChatAnthropic(BaseChatModel):
    def __init__(self, **kwargs) -> None: ...
