"""What is freed stays with the process."""

import ctypes
import platform

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4
"""Of glibc's malloc.h."""


def keep_freed_memory() -> None:
    """Has glibc's malloc keep what is freed for what is asked for next. By default it gives large blocks back to the system, whose
    pages are made and cleared anew at every step: in a virtual machine that is most of a step. Does nothing with another malloc."""
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(M_MMAP_MAX, 0)
        libc.mallopt(M_TRIM_THRESHOLD, -1)
