/* The program itself, in a worker: the page never waits for it, and can end it at any time. */

// Pyodide asks with it whether this is a module; in one file it is none, loads modules all the same, and may load nothing else.
self.importScripts = () => {
  throw new Error("nothing is loaded from elsewhere");
};

/** The parts of the program by name: given with the first message as gzip in base64, else beside this file. */
let given = null;
let door = null;

async function bytes(name) {
  if (!given) return (await fetch(new URL(name, self.location.href))).arrayBuffer();
  const text = atob(given[name]);
  const packed = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) packed[index] = text.charCodeAt(index);
  delete given[name];
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function module(name) {
  if (!given) return import(new URL(name, self.location.href).href);
  const address = URL.createObjectURL(new Blob([await bytes(name)], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Load Python and the program; whatever Python fetches is one of our parts, and nothing else is ever asked for. */
async function start() {
  const base = "teil://programm/";
  const network = self.fetch.bind(self);
  const wasm = bytes("pyodide.asm.wasm");
  const library = bytes("python_stdlib.zip");
  const program = bytes("program.zip");
  const [{ loadPyodide }, { default: createPyodideModule }] = [await module("pyodide.mjs"), await module("pyodide.asm.mjs")];
  const parts = new Map([
    [`${base}pyodide.asm.wasm`, [wasm, "application/wasm"]],
    [`${base}python_stdlib.zip`, [library, "application/zip"]],
  ]);
  self.fetch = async (address, options) => {
    const found = parts.get(String(address));
    if (!found) return network(address, options);
    return new Response(await found[0], { headers: { "Content-Type": found[1] } });
  };
  const python = await loadPyodide({
    indexURL: base,
    stdLibURL: `${base}python_stdlib.zip`,
    packageBaseUrl: base,
    lockFileContents: JSON.parse(new TextDecoder().decode(await bytes("pyodide-lock.json"))),
    createPyodideModule,
  });
  self.fetch = network;
  parts.clear();
  python.unpackArchive(await program, "zip", { extractDir: "/program" });
  python.runPython("import sys; sys.path.insert(0, '/program')");
  door = { python, answer: python.pyimport("door").answer };
}

function ask({ number, request, files }) {
  const content = door.python.toPy(files);
  const found = door.answer(JSON.stringify(request), content, (progress) => self.postMessage({ number, progress }));
  content.destroy();
  const [text, saved] = found.toJs();
  found.destroy();
  return { data: JSON.parse(text), files: saved };
}

self.onmessage = async ({ data: message }) => {
  try {
    if ("parts" in message) {
      given = message.parts;
      await start();
      self.postMessage({ ready: true });
    } else {
      self.postMessage({ number: message.number, ...ask(message) });
    }
  } catch (error) {
    self.postMessage({ number: message.number, broken: String(error && error.message ? error.message : error) });
  }
};
