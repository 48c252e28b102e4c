"""langchain-google-genai. Written from its documentation; not run."""

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
class ChatGoogleGenerativeAI(BaseChatModel):
    def __init__(self, **kwargs) -> None: ...
class GoogleGenerativeAIEmbeddings(Embeddings):
    def __init__(self, **kwargs) -> None: ...
