/* What is shown: texts, and reports as the program writes them. */

/** Return an element with properties and children; a string among the children is text. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Show a report: the one HTML that is no text, all of it written by the program; no script runs in it, whatever it holds. */
export function shown(report) {
  return element("div", { className: "bericht", innerHTML: report });
}

/** Replace what a region shows, and show it. */
export function fill(region, ...children) {
  region.replaceChildren(...children);
  region.hidden = false;
}

/** Tell something to those who hear the page; what is shown is told elsewhere. */
export function announce(text) {
  document.getElementById("said").textContent = text;
}

export function complaint(text) {
  announce(text);
  return element("p", { className: "verdict fehler", textContent: text });
}

const FORMS = { html: "Bericht", json: "Ergebnis für Programme", ics: "Fristen für den Kalender" };

/** Offer a file to save, with a name and its content. */
export function saving([name, content]) {
  const ending = name.split(".").at(-1);
  return element("button", { type: "button", textContent: `${FORMS[ending]} speichern (.${ending})`, onclick: () => save(name, content) });
}

/** Let the browser save a file that was made here. */
export function save(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Save a file and say so in `region`. */
export function saved(region, [name, content]) {
  save(name, content);
  announce(`${name} gespeichert`);
  fill(region, element("p", { textContent: `${name} gespeichert` }));
}

/** Do what `work` does with the program; what goes wrong is told in `region`, a stop as one. */
export async function tried(region, work) {
  region.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    fill(region, complaint(error.constructor.name === "Stopped" ? "Abgebrochen. Das ist kein Urteil." : `${error.message}`));
  } finally {
    region.removeAttribute("aria-busy");
  }
}
