"""The mail that an app wrote, read where it keeps it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg


@dataclass(frozen=True)
class PostOffice:
    """What an app mails, whether a mail server takes it or not. `database` is empty where that is SQLite in `data`."""

    data: Path
    database: str

    def mails_to(self, address: str) -> list[str]:
        """The texts to this address, the last one last."""
        told = 'SELECT body FROM people_mail WHERE "to" = {} ORDER BY id'
        if self.database:
            with psycopg.connect(self.database) as server:
                return [str(body) for (body,) in server.execute(told.format("%s"), [address])]
        with closing(sqlite3.connect(self.data / "werktsamen.sqlite3")) as file:
            return [str(body) for (body,) in file.execute(told.format("?"), [address])]

    def last_link_to(self, address: str, path: str) -> str:
        """The last link to a page whose path starts with this in a mail to this address, whatever else came since."""
        links: list[str] = re.findall(r"https?://\S+", "\n".join(self.mails_to(address)))
        return [told for link in links if (told := urlsplit(link).path).startswith(path)][-1]
