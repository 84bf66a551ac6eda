"""The window; the only place with Qt."""

from taizhang.desk.constants import keep_alive

keep_alive()
