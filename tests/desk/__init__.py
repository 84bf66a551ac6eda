"""The window, widget by widget, then a few flows in the real program."""
