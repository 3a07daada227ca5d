"""Speech into words: seconds of work for a second of speech, with one and with two talkers at once.

Idea: the recording of the tests is cut as in a meeting, and its stretches are read so many times, by one thread and by
two. When it misleads: it is a clear synthetic voice; people who hesitate take longer, and are heard worse.
"""

from __future__ import annotations

import json
import os
import time
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from secondstory.ports.speech import RATE
from secondstory.speech.whisper import WhisperSpeech
from secondstory.web.live.voice import Track

SPOKEN = Path(__file__).parents[1] / "tests" / "recordings" / "speech" / "two-sentences.wav"
RESULT = Path(__file__).parent / "results" / "speech.json"
ROUNDS = 5


def main() -> None:
    """Run, print, and keep the result."""
    with wave.open(str(SPOKEN)) as file:
        audio = file.readframes(file.getnframes())
    speech = WhisperSpeech()
    began = time.monotonic()
    track = Track("bench", None, speech.ear())
    cuts = track.take(audio) + track.end()
    listening = (time.monotonic() - began) / (len(audio) / 2 / RATE)
    began = time.monotonic()
    texts = [speech.words(cut) for cut in cuts]
    first = time.monotonic() - began
    spoken_s = sum(map(len, cuts)) / 2 / RATE
    result: dict[str, object] = {"heard": texts, "first_reading_s": round(first, 2), "speech_s": round(spoken_s, 1)}
    for talkers in (1, 2):
        with ThreadPoolExecutor(talkers) as threads:
            began = time.monotonic()
            list(threads.map(speech.words, cuts * ROUNDS * talkers))
            took = time.monotonic() - began
        result[f"real_time_factor_{talkers}"] = round(took / (spoken_s * ROUNDS), 3)
    result["listening_factor"] = round(listening, 3)
    result |= {"cores": os.cpu_count(), "load_1m": round(os.getloadavg()[0], 1)}
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
