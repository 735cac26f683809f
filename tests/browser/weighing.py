"""What a page costs a phone: bytes over the line by kind, and seconds over slow 3G."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# "Slow 3G" of Chromium's own developer tools: 400 ms there and back five times over, 400 kbit/s
# with a fifth lost to overhead.
SLOW_3G = {
    "offline": False,
    "latency": 2_000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as sent, with headers, and seconds until the page can be read and used."""

    total: int
    by_kind: dict[str, int]  # Document, Stylesheet, Script, Font, Image
    requests: int
    readable: float  # seconds to the end of the document and its styles
    complete: float  # seconds to the last font


def weigh(page: Page, address: str, *, slow: bool = False) -> Weight:
    """Load `address` with an empty cache and add up what came."""
    session = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def began(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            kinds[event["requestId"]] = event["type"]

    def ended(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", began)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(address, wait_until="networkidle", timeout=60_000)
    readable, complete = page.evaluate(
        """() => {
            const [way] = performance.getEntriesByType('navigation');
            const last = performance.getEntriesByType('resource').map(one => one.responseEnd);
            return [way.domContentLoadedEventEnd, Math.max(way.responseEnd, ...last)];
        }"""
    )
    session.detach()
    by_kind: dict[str, int] = {}
    for request, kind in kinds.items():
        by_kind[kind] = by_kind.get(kind, 0) + sizes.get(request, 0)
    return Weight(sum(by_kind.values()), by_kind, len(kinds), readable / 1_000, complete / 1_000)
