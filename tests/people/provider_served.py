"""A real identity provider that tests start, and somebody with a browser who signs in there."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.served import ended, free_port

PROGRAM = Path(__file__).parent / "provider_process.py"


@dataclass(frozen=True)
class Provider:
    """A running provider, and what it gave to this installation."""

    issuer: str
    client_id: str
    secret: str

    def knows(self, subject: str, **claims: Any) -> None:
        """It tells this of somebody who signs in there as `subject`."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def lies(self, **told: str) -> None:
        """It says this of itself from now on; without anything, the truth."""
        requests.post(f"{self.issuer}/lies", json=told, timeout=10).raise_for_status()

    def sign_in(self, address: str, subject: str) -> str:
        """Signs in there as `subject`, from the address to which we sent the browser; tells where that leads back to.

        Raises AssertionError where it leads nowhere.
        """
        assert address.startswith(self.issuer)
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code in {302, 303}, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def provider_served(*redirects: str) -> Iterator[Provider]:
    """A provider in a process of its own that sends people back to these addresses only."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    quiet = subprocess.DEVNULL
    with ended(subprocess.Popen([sys.executable, PROGRAM, str(port)], stdout=quiet, stderr=quiet)):
        _wait_for(issuer)
        yield sends_back_to(issuer, *redirects)


def sends_back_to(issuer: str, *redirects: str) -> Provider:
    """The same provider for an installation to which it sends people back at these addresses only."""
    asked = {"redirect_uris": list(redirects), "token_endpoint_auth_method": "client_secret_post"}
    told = requests.post(f"{issuer}/oauth2/clients", json=asked, timeout=10).json()
    return Provider(issuer, told["client_id"], told["client_secret"])


def _wait_for(issuer: str) -> None:
    for _ in range(600):
        try:
            requests.get(f"{issuer}/jwks", timeout=1)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the provider did not start")
