/* Compile the Python modules of archives with the Pyodide that will run them: the page is ready in half the time.
 *
 * node compile.mjs RUNTIME IN OUT [IN OUT …]; docstrings and checks by assert are left out, as `python -OO` does. */

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const COMPILE = `
import importlib.util
import zipfile
from importlib import _bootstrap_external

with zipfile.ZipFile("/in.zip") as given, zipfile.ZipFile("/out.zip", "w", zipfile.ZIP_STORED) as made:
    for name in sorted(given.namelist()):
        data = given.read(name)
        if name.endswith(".py"):
            code = compile(data, name, "exec", dont_inherit=True, optimize=2)
            data = _bootstrap_external._code_to_hash_pyc(code, importlib.util.source_hash(data), False)
            name += "c"
        made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
`;

const [runtime, ...archives] = process.argv.slice(2).map((file) => path.resolve(file));
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: runtime });
for (let index = 0; index < archives.length; index += 2) {
  python.FS.writeFile("/in.zip", new Uint8Array(fs.readFileSync(archives[index])));
  python.runPython(COMPILE);
  fs.writeFileSync(archives[index + 1], python.FS.readFile("/out.zip"));
}
