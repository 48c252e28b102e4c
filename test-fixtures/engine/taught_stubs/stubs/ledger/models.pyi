class Entry:
    amount: int
