"""What a browser keeps of what is not saved yet."""

import time

from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE

# What can be read with the key of the page that is open, as that page itself reads it.
READ = """async () => {
    if (!document.body || !window.idbKeyval) return ["a page that is not there yet"];
    const { member, idea, key } = document.body.dataset;
    const bytes = Uint8Array.from(atob(key), letter => letter.charCodeAt(0));
    const cryptoKey = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
    const additionalData = new TextEncoder().encode(`${member}/${idea}/`);
    const read = async ({ iv, data }) => {
        const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, cryptoKey, data);
        return JSON.parse(new TextDecoder().decode(text)).text;
    };
    const entries = await idbKeyval.entries();
    return Promise.all(entries.map(([name, kept]) => read(kept).catch(() => `${name} cannot be read here`)));
}"""


def kept(page: Page) -> list[str]:
    """The names under which something is kept in this browser."""
    names: list[str] = page.evaluate("idbKeyval.keys()")
    return names


def expect_kept(page: Page, *texts: str) -> None:
    """Waits until these texts are kept, as far as they were typed by now, each on its own, and nothing else."""
    until = time.monotonic() + PATIENCE / 1000
    while not are_kept(page, texts):
        assert time.monotonic() < until, f"{page.evaluate(READ)} is kept, not {texts}"
        page.wait_for_timeout(50)


def are_kept(page: Page, texts: tuple[str, ...]) -> bool:
    found: list[str] = page.evaluate(READ)
    return len(found) == len(texts) and all(any(text in one for one in found) for text in texts)
