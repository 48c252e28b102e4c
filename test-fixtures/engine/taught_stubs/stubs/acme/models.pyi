from verbs import blocks


class Reply:
    @blocks("the disk")
    def save(self, path): ...
    text: str
