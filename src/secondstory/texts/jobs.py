"""What we say of work that runs beside a person."""

TEXTS = {
    "process_ended": (
        "its process ended {times} times while it ran, the last time at: {step}. The machine may lack memory or disk "
        "for it; free some and start it again."
    ),
}
