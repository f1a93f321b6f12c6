"""Builds the page: `dist/foerdercheck.html`, and the same as a folder for a web server, `dist/foerdercheck/`.

Everything it needs beside this repository is pinned by version and SHA-256 and fetched by the package managers' own clients;
the same sources give the same bytes.
"""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from npm import npm_files

HERE = Path(__file__).parent
ROOT = HERE.parent
CACHE = ROOT / "build" / "seite"
DIST = ROOT / "dist"
PYODIDE = "314.0.7"
PYODIDE_SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
LIBRARY, LOCK, PROGRAM = "python_stdlib.zip", "pyodide-lock.json", "program.zip"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", LIBRARY, LOCK)
MODULES = tuple(
    f"{name}.js"
    for name in (
        "session", "engine", "live", "show", "files", "check", "template", "account", "whatif", "programmes", "main",
    )
)  # fmt: skip
"""The modules of the page, each behind those it imports."""
LEFT_OUT = tuple(
    f"foerdercheck/{name}"
    for name in (
        "cli/", "many/cluster.py", "many/processes.py", "reports/codeclimate.py", "reports/github.py", "reports/junit.py",
        "reports/markdown", "reports/pdf", "reports/sarif.py", "reports/schrift/", "reports/terminal.py", "reports/uebersicht.py",
        "schema/documents.py",
    )
)  # fmt: skip
"""What needs a terminal or other machines, and reports for programs that no page asks for."""
LIBRARY_LEFT_OUT = frozenset(
    "__phello__ _aix_support _android_support _apple_support _ast_unparse _compat_pickle _ios_support _osx_support "
    "_pydatetime _pydecimal _pyio _pyrepl _sysconfigdata__emscripten_wasm32-emscripten argparse bdb cProfile cmd code "
    "configparser ctypes curses dbm doctest ensurepip filecmp fileinput ftplib getopt getpass gettext graphlib "
    "idlelib imaplib mailbox modulefinder multiprocessing netrc nturl2path optparse pdb pickle pickletools plistlib "
    "poplib profile pstats pty pyclbr pydoc pydoc_data rlcompleter runpy sched shelve smtplib socketserver sqlite3 "
    "statistics symtable sysconfig tabnanny tarfile this timeit tkinter tomllib trace tty turtle unittest uuid venv "
    "wave webbrowser wsgiref xmlrpc zipapp zoneinfo "
    "_markupbase asyncio/__main__ asyncio/proactor_events asyncio/tools asyncio/windows_events asyncio/windows_utils "
    "compileall concurrent/futures/process email/_header_value_parser email/contentmanager email/generator "
    "email/headerregistry html/parser http/cookiejar http/cookies http/server json/tool logging/config logging/handlers "
    "py_compile pyodide/console shlex urllib/robotparser xml/dom".split()
)
"""Modules of the standard library that nothing here imports."""
CSP = (
    "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; worker-src {worker}; connect-src {worker}; style-src {style}; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
STYLES = (ROOT / "foerdercheck" / "reports" / "bericht.css", HERE / "page.css")
"""The page looks like the report, and has forms beside."""
LICENCES = """foerdercheck {version} – EUPL-1.2
Pyodide {pyodide} (CPython als WebAssembly) – Mozilla Public License 2.0; die Python-Teile sind übersetzt.
  This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not
  distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/. Quelltext: https://github.com/pyodide/pyodide
CPython – Python Software Foundation License, https://docs.python.org/3/license.html
"""


def main() -> None:
    """Build both forms and say how large they are and what their hash is."""
    runtime = _runtime()
    wheels = _wheels()
    parts = runtime | _compiled({LIBRARY: _library(runtime[LIBRARY]), PROGRAM: _program(wheels)}, runtime)
    page = _page(wheels)
    _write_folder(page, parts)
    file = DIST / "foerdercheck.html"
    file.write_bytes(_single(page, parts))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (DIST / "foerdercheck.html.sha256").write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}\n")


def _runtime() -> dict[str, bytes]:
    """Return the files of Pyodide."""
    files = npm_files("pyodide", PYODIDE, PYODIDE_SHA256, RUNTIME)
    info = {"info": json.loads(files[LOCK])["info"], "packages": {}}  # the program needs none of those it could load
    return files | {LOCK: json.dumps(info).encode()}


def _wheels() -> list[Path]:
    """Return the wheels of requirements.txt; pip holds them against their hashes. For which machine they are does not matter."""
    folder = CACHE / "wheels"
    wanted = HERE / "requirements.txt"
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
            "--only-binary=:all:", "--python-version=3.12", "--implementation=cp", "--abi=cp312",
            "--platform=manylinux2014_x86_64", f"--dest={folder}", f"--requirement={wanted}",
        ],
        check=True,
    )  # fmt: skip
    pinned = set(re.findall(r"sha256:([0-9a-f]{64})", wanted.read_text(encoding="utf-8")))
    return [file for file in sorted(folder.glob("*.whl")) if hashlib.sha256(file.read_bytes()).hexdigest() in pinned]


def _program(wheels: list[Path]) -> dict[str, bytes]:
    """Return the library, what it needs and the door to it."""
    files = {f"door/{file.name}": file.read_bytes() for file in (HERE / "door").glob("*.py")}
    for file in (ROOT / "foerdercheck").rglob("*"):
        name = file.relative_to(ROOT).as_posix()
        if file.suffix in {".py", ".yaml", ".txt", ".css"} and not name.startswith(LEFT_OUT):
            files[name] = file.read_bytes()
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            names = (name for name in archive.namelist() if name.endswith((".py", ".json")))
            files |= {name: archive.read(name) for name in names}
    return files


def _library(archive: bytes) -> dict[str, bytes]:
    """Return the modules of the standard library that are needed."""
    with zipfile.ZipFile(BytesIO(archive)) as library:
        names = [name for name in library.namelist() if not name.endswith("/")]
        return {name: library.read(name) for name in names if LIBRARY_LEFT_OUT.isdisjoint(_modules(name))}


def _modules(name: str) -> set[str]:
    """Return the module a file is and those it is inside of."""
    parts = name.removesuffix(".py").split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}


def _compiled(archives: Mapping[str, Mapping[str, bytes]], runtime: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return archives of these files with their modules compiled, not compressed: what they are put into is."""
    folder = CACHE / "runtime"
    folder.mkdir(exist_ok=True)
    for name, content in runtime.items():
        (folder / name).write_bytes(content)
    arguments: list[Path] = []
    for name, files in archives.items():
        given, made = CACHE / f"given-{name}", CACHE / f"made-{name}"
        with zipfile.ZipFile(given, "w", zipfile.ZIP_STORED) as archive:
            for inside, content in files.items():
                archive.writestr(inside, content)
        arguments += [given, made]
    subprocess.run(["node", HERE / "compile.mjs", folder, *arguments], check=True)
    return {name: (CACHE / f"made-{name}").read_bytes() for name in archives}


def _page(wheels: list[Path]) -> str:
    """Return the HTML of both forms, with everything in it that is text."""
    version = re.search(r'"(.+)"', (ROOT / "foerdercheck" / "version.py").read_text(encoding="utf-8"))
    licences = LICENCES.format(version=version[1] if version else "", pyodide=PYODIDE) + "".join(_licences(wheels))
    html = (HERE / "index.html").read_text(encoding="utf-8")
    return html.replace("@LICENCES@", licences.replace("&", "&amp;").replace("<", "&lt;"))


def _licences(wheels: list[Path]) -> Iterator[str]:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                if re.search(r"dist-info/(licenses/)?LICEN[CS]E[^/]*$", name):
                    title = " ".join(wheel.name.split("-")[:2])
                    yield f"\n{title}\n\n{archive.read(name).decode()}"


def _write_folder(page: str, parts: Mapping[str, bytes]) -> None:
    folder = DIST / "foerdercheck"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    head = '<link rel="stylesheet" href="page.css">\n<script type="module" src="main.js"></script>'
    policy = CSP.format(script="'self'", worker="'self'", style="'self'")
    (folder / "index.html").write_text(_filled(page, policy, head, ""), encoding="utf-8")
    (folder / "page.css").write_text(_style(), encoding="utf-8")
    for name in ("worker.js", *MODULES):
        shutil.copyfile(HERE / name, folder / name)
    for name, content in parts.items():
        (folder / name).write_bytes(content)


def _single(page: str, parts: Mapping[str, bytes]) -> bytes:
    """Return the page with everything in it: the modules as one script, the parts of the program as text.

    It may run this script and have this style, which its policy names by their hashes, and load what it made itself.
    """
    style = _style()
    inside = [
        f'<script type="text/plain" data-part="{name}">{base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()}</script>'
        for name, content in parts.items()
    ]
    script = "\n".join(_unbound((HERE / name).read_text(encoding="utf-8")) for name in MODULES)
    worker = f'<script type="text/plain" id="worker">\n{(HERE / "worker.js").read_text(encoding="utf-8")}</script>'
    body = "\n".join([worker, *inside, f'<script type="module">{script}</script>'])
    policy = CSP.format(script=f"{_hash(script)} blob:", worker="blob:", style=_hash(style))
    return _filled(page, policy, f"<style>{style}</style>", body).encode()


def _style() -> str:
    return "".join(file.read_text(encoding="utf-8") for file in STYLES)


def _hash(text: str) -> str:
    """Return how a policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _unbound(module: str) -> str:
    """Return a module without what it imports and exports: in one script all know each other."""
    return re.sub(
        r"^export (?=async|function|class|const)",
        "",
        re.sub(r"^import .*?;\n", "", module, flags=re.MULTILINE),
        flags=re.MULTILINE,
    )


def _filled(page: str, policy: str, head: str, body: str) -> str:
    return page.replace("@CSP@", policy).replace("@HEAD@", head).replace("@BODY@", body)


if __name__ == "__main__":
    main()
