"""Notes in a real server that is killed: nothing that it called saved is lost."""

import http.cookiejar
import json
import shutil
import urllib.request
from pathlib import Path

import pytest
from bench.serving import served
from pycrdt import Doc, Text, create_update_message
from websockets.sync.client import ClientConnection, connect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.room.notes import notes_of
from secondstory.wiring import open_world

pytestmark = pytest.mark.slow
PATIENCE_S = 30.0


def signed_in(address: str) -> str:
    """The cookie of the one who opened the address."""
    jar = http.cookiejar.CookieJar()
    urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(address).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def saved(socket: ClientConnection) -> int:
    """How many updates are called saved, once the next message says so."""
    while True:
        message = socket.recv(PATIENCE_S)
        if isinstance(message, str) and (told := json.loads(message))["type"] == "saved":
            return int(told["count"])


def test_a_killed_server_has_all_that_it_called_saved(demo_dir: Path, tmp_path: Path) -> None:
    data_dir = Path(shutil.copytree(demo_dir, tmp_path / "data"))
    doc: Doc[Text] = Doc()
    text = doc.get("notes", type=Text)
    with open_world(Settings(data_dir=data_dir)) as world:
        incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    with served(data_dir) as (process, address):
        place = f"{address.split('?')[0].replace('http', 'ws')}api/v1/incidents/{incident}/meeting/notes"
        with connect(place, additional_headers={"Cookie": signed_in(address)}) as socket:
            count = 0
            while count < 60:  # letters come while earlier ones are written
                before = doc.get_state()
                text.insert(len(text), chr(ord("a") + count % 26))
                socket.send(create_update_message(doc.get_update(before)))
                count += 1
            confirmed = saved(socket)
            process.kill()
            process.wait()
    with open_world(Settings(data_dir=data_dir)) as world:
        kept = notes_of(LOCAL_OWNER, world, incident)
    assert 0 < confirmed <= len(kept)
    assert str(text).startswith(kept)
