"""Logs a chained exception, then dies of another one."""

import logging

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s service=orders %(message)s")


class PoolExhausted(Exception):
    pass


def checkout() -> None:
    try:
        {}["connection"]
    except KeyError:
        raise PoolExhausted("no connection within 5 s\nin use: 10 of 10") from None


def handle() -> None:
    try:
        checkout()
    except PoolExhausted as error:
        raise RuntimeError("POST /orders failed") from error


logging.info("listening on port 8080")
try:
    handle()
except RuntimeError:
    logging.exception("request 17 failed")
logging.info("request 18 done in 12 ms")
[][1]
