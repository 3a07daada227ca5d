"""Logs JSON lines with the standard library: `python python.py 2> python.jsonl`."""

import datetime
import json
import logging


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        told = {
            "timestamp": moment.isoformat().replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "service": {"name": "cart", "version": "3.1.0"},
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["exc_info"] = self.formatException(record.exc_info)
        return json.dumps(told)


handler = logging.StreamHandler()
handler.setFormatter(JsonFormatter())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
logger = logging.getLogger("cart.api")
logger.info("added %s", "schön ☕", extra={"fields": {"user_id": 12, "trace_id": "5B8EFFF798038103D269B633813FC60C"}})
logger.warning("slow", extra={"fields": {"duration_ms": 812.5, "trace_id": "not-an-id", "retry": None}})
try:
    int("twelve")
except ValueError:
    logger.exception("cannot read the quantity")
