"""faster-whisper. Written from the documentation of 1.2; not run."""
from verbs import blocks, cpu

@blocks("the disk")
class WhisperModel:
    def __init__(self, model_size_or_path, *args, **kwargs) -> None: ...
    @cpu("model inference")
    def transcribe(self, audio, *args, **kwargs): ...
    @cpu("model inference")
    def detect_language(self, *args, **kwargs): ...
