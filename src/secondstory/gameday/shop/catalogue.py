"""The catalogue: pages of products held in memory, with a search index that may be rebuilt in the background."""

import asyncio
import random
import threading
import time
from pathlib import Path

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused
from secondstory.gameday.shop.instance import Instance
from secondstory.gameday.shop.telemetry import Telemetry

PAGES = 400


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """One route; `index.every_s` and `index.for_s` switch the background work on.

    `disk.delay_s` is how much longer its disk takes on average, `prices.file` a file of prices to read beside memory.
    """
    draw = random.Random(f"{means.instance.seed}-{means.instance.instance_id}")

    async def page(payload: Payload) -> Payload:
        disk_s = draw.uniform(0.5, 1.5) * means.settings.number("disk.delay_s", 0)
        await asyncio.sleep(draw.lognormvariate(-5.2, 0.5) + disk_s)
        number = int(payload["page"])
        if means.settings.get("prices.file"):
            _read_prices(means, Path(means.settings.get("prices.file")))
        if number >= PAGES:
            raise Refused(404, "not_found", f"there is no page {number}")
        return {"page": number, "price": 5 + number * 7 % 90}

    if "index.every_s" in means.instance.options:
        threading.Thread(target=_rebuild_forever, args=(means.instance, means.telemetry), daemon=True).start()
    return (Endpoint("POST", f"/{means.instance.names['catalogue']}/page", page),)


def _read_prices(means: Means, path: Path) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        means.telemetry.log.exception("prices not read")
        raise Refused(500, type(error).__name__, "no prices") from error


def _rebuild_forever(instance: Instance, telemetry: Telemetry) -> None:
    every_s, for_s = float(instance.options["index.every_s"]), float(instance.options["index.for_s"])
    draw = random.Random(instance.seed)
    while True:
        started = time.monotonic()
        words = 0
        while time.monotonic() - started < for_s:
            entries = [draw.random() for _ in range(20_000)]
            entries.sort()
            words += len(entries)
        telemetry.log.info("search index rebuilt, %d words in %.1f s", words, time.monotonic() - started)
        time.sleep(every_s * draw.uniform(0.8, 1.2))
