/* The program of the page in node, as its worker runs it: one question a line on stdin, one answer a line on stdout.
 *
 * node node_page.mjs FOLDER; a question is {"request": …, "files": {name: base64}}, an answer {"data": …, "files": {name: base64}}. */

import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder });
python.unpackArchive(fs.readFileSync(path.join(folder, "program.zip")).buffer, "zip", { extractDir: "/program" });
python.runPython("import sys; sys.path.insert(0, '/program')");
const { answer } = python.pyimport("door");

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { request, files } = JSON.parse(line);
  const given = new Map(Object.entries(files).map(([name, text]) => [name, new Uint8Array(Buffer.from(text, "base64"))]));
  const [text, saved] = answer(JSON.stringify(request), python.toPy(given), () => {}).toJs();
  const made = Object.fromEntries(saved.map(([name, content]) => [name, Buffer.from(content).toString("base64")]));
  process.stdout.write(`${JSON.stringify({ data: JSON.parse(text), files: made })}\n`);
}
