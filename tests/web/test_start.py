"""What a server loads before it answers: after a kill, a whole room waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from secondstory.config import Settings
from secondstory.records import database
from secondstory.wiring import open_world

LATER = ("alembic", "duckdb", "faster_whisper", "httpx", "ibis", "onnxruntime", "pandas", "pyspark", "sqlglot")
STARTED = """
import json, sys
from pathlib import Path
from secondstory.cli import serve
from secondstory.config import Settings
from secondstory.web.serving import serving
from secondstory.wiring import open_world
with open_world(Settings(data_dir=Path(sys.argv[1]))) as world, serving(world, 0, 1):
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_a_server_answers_before_it_loads_what_only_some_requests_need(tmp_path: Path) -> None:
    with open_world(Settings(data_dir=tmp_path)):
        pass  # makes the tables: later starts find them
    run = subprocess.run([sys.executable, "-c", STARTED, str(tmp_path)], stdout=subprocess.PIPE, check=True)
    loaded = json.loads(run.stdout)
    assert "fastapi" in loaded
    assert [name for name in LATER if name in loaded] == [], "load it where it is used, see warehouse/late.py"


def test_the_newest_version_of_the_schema_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert database.newest_version() == ScriptDirectory.from_config(config).get_current_head()
