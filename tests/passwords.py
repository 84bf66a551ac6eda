"""What a password costs to try in tests: next to nothing."""

from taizhang.store.crypto import Cost

CHEAP = Cost(passes=1, lanes=1, memory=1024)
