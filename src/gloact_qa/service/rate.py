"""A limit on how much one client may ask."""

import ipaddress
import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

# About a kilobyte each. Past this many within a window all are forgotten: who has so many
# addresses isn't held by a limit for each of them.
MAX_CLIENTS = 10_000


class ClientRate:
    """Counts each client's requests in a sliding window, in memory."""

    def __init__(self, rate: str) -> None:
        """Allow each client ``rate``, such as ``60/minute``."""
        self._rate = parse(rate)
        self._storage = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)

    @property
    def kept(self) -> int:
        """The number of counts in memory; a client has one for a window, or two."""
        return len(self._storage.storage)

    def seconds_until_allowed(self, address: str) -> int:
        """Return 0 and count the request, or return in how many seconds to come again."""
        client = _client(address)
        if self.kept > 2 * MAX_CLIENTS:
            self._storage.reset()
        if self._limiter.hit(self._rate, client):
            return 0
        reset = self._limiter.get_window_stats(self._rate, client).reset_time
        return max(1, math.ceil(reset - time.time()))


def _client(address: str) -> str:
    """Return who is behind an address: of IPv6, whoever has the whole network of 64 bits."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # what a proxy calls it
        return address[:255]
    if isinstance(ip, ipaddress.IPv6Address):
        mapped = ip.ipv4_mapped
        return str(mapped or ipaddress.ip_network((ip, 64), strict=False))
    return address
