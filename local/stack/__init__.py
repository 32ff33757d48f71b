"""The embedded stack: a local AWS, a simulated Sugar and the template that is deployed, on 127.0.0.1."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
