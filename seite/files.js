/* Files of the user: chosen or dropped, kept in this page by their names. */

import { element } from "./show.js";

const MOST_BYTES = 100 * 1024 * 1024;

/** Let files be dropped on `area` or chosen with `input`; `take` is called with what came. */
export function accept(area, input, take) {
  const over = (on) => (event) => {
    event.preventDefault();
    area.classList.toggle("over", on);
  };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = ""; // the same file can be chosen again after it was changed
  });
}

/** Read a file; one that is too large for any format is refused before it is read. */
export async function content(file) {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} ist größer als 100 MiB und wird hier nicht gelesen.`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} lässt sich nicht lesen: ein Ordner, oder die Datei wurde verschoben. Wählen Sie sie noch einmal.`);
  }
}

/** Read several; a Map of contents by name. */
export async function contents(files) {
  const read = new Map();
  for (const file of files) read.set(file.name, await content(file));
  return read;
}

/** List files with a button to take each away. */
export function listed(files, remove) {
  return files.map((file) =>
    element(
      "li",
      {},
      `${file.name} `,
      element("button", { type: "button", textContent: "entfernen", ariaLabel: `${file.name} entfernen`, onclick: () => remove(file) }),
    ),
  );
}
