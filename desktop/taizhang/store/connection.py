"""How an office file is opened: the one place for pragmas, and for the key."""

from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from taizhang.store.driver import driver
from taizhang.store.files import LOCK, left_open, real
from taizhang.store.location import is_network
from taizhang.store.peek import look

APPLICATION_ID = 0x545A3031  # "TZ01": tells an office file from any other SQLite file
LOCK_MARK = b"TZ-LOCK1"  # how a locked office begins; eight random bytes of salt follow
_PLAIN_MARK = b"SQLite format 3\0"
_BUSY_MS = 3000
_NO_WRITING = frozenset({driver.SQLITE_CANTOPEN, driver.SQLITE_READONLY})
_CACHE_KB = 40_000  # holds the roster of a large office, so that counting it does not go to the disk each time


def is_locked(path: Path) -> bool:
    """Whether the file is an office with a password, or was one before something cut it off."""
    try:
        return look(path, len(LOCK_MARK)) == LOCK_MARK
    except OSError:
        return False


def is_plain(path: Path) -> bool:
    """Whether the file is a database without a password, an office's or another."""
    try:
        return look(path, len(_PLAIN_MARK)) == _PLAIN_MARK
    except OSError:
        return False


def is_held(path: Path) -> bool:
    """Whether another program has the file to write just now; a lock that a crash left behind is nobody's."""
    file = real(path)
    lock = file.with_name(file.name + LOCK)
    if not lock.exists():
        return False
    try:
        with closing(driver.connect(lock, isolation_level=None, timeout=0)) as raw:
            raw.execute("BEGIN IMMEDIATE")
    except driver.Error as problem:
        return getattr(problem, "sqlite_errorcode", 0) & 0xFF == driver.SQLITE_BUSY
    return False


def is_cut_off(path: Path) -> bool:
    """Whether a plain file is shorter than it says of itself; SQLite would take what is missing for blank."""
    try:
        head, there = look(path, 100), path.stat().st_size
    except OSError:  # opening it will say what is wrong
        return False
    # Not a database, or one that does not say, or one whose log will complete it.
    if len(head) < 100 or head[24:28] != head[92:96] or left_open(path):
        return False
    size, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    return there < pages * (size if size > 1 else 65536)


def connect(path: Path, *, read_only: bool, key: bytes | None = None) -> driver.Connection:
    """Open an existing file with every pragma it needs, with its data key if it is locked."""
    if not read_only:
        return _opened(path, "mode=rw", key)
    try:
        return _opened(path, "mode=ro", key)
    except driver.OperationalError as problem:
        # A file that was closed in good order can be read on a disk that cannot be written, where no lock is possible.
        code = getattr(problem, "sqlite_errorcode", 0)
        if code & 0xFF not in _NO_WRITING or left_open(path):
            raise
        return _opened(path, "immutable=1", key)


def asked(path: Path, key: bytes | None, statement: str, *, alone: bool) -> object:
    """The first value that a file answers which is only read, with its log or `alone`; None when it cannot."""
    with suppress(driver.Error, UnicodeDecodeError):
        raw = _opened(path, "immutable=1" if alone else "mode=ro", key)
        try:
            return next(iter(raw.execute(statement).fetchone() or ()), None)
        finally:
            raw.close()
    return None


def connect_torn(path: Path, key: bytes | None = None) -> driver.Connection:
    """Open what is left of a damaged file, only to read: also of one that is shorter than it should be."""
    try:
        return _opened(path, "mode=ro", key, torn=True)
    except driver.Error:  # a journal that cannot be played back, a disk that lets nothing be written beside the file
        return _opened(path, "immutable=1", key, torn=True)


def _opened(path: Path, how: str, key: bytes | None, *, torn: bool = False) -> driver.Connection:
    # Three slashes and no authority: the path of a share (//server/…) must not be taken for one.
    name = path.absolute().as_posix()
    uri = f"file://{quote(name if name.startswith('/') else '/' + name)}?{how}"
    raw = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        if key is not None:
            raw.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal what is said in words
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if torn:
            raw.execute("PRAGMA writable_schema = ON")  # or SQLite believes its first page on how many there must be
            raw.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        if is_network(path):
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")  # a share has no shared memory for the log's index
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # whatever is wrong shows here
    except BaseException:
        raw.close()
        raise
    return raw
