/* Programme: the law as the program knows it, and a programme of the user's own. */

import { accept, content } from "./files.js";
import { announce, element, fill, shown, tried } from "./show.js";

const OWN = "eigenes";

export function programmesTab(engine, about, session) {
  const part = (name) => document.getElementById(`programme-${name}`);
  const [chosen, version, before] = ["id", "version", "before"].map(part);
  const option = ([value, textContent]) => element("option", { value, textContent });
  const offer = () => {
    const { fassungen = [] } = about.programme.find(({ id }) => id === chosen.value) ?? {};
    const days = fassungen.map(({ tag, text }) => option([tag, text]));
    version.replaceChildren(...days);
    before.replaceChildren(option(["", "keiner"]), ...days.map((day) => day.cloneNode(true)));
    version.disabled = !fassungen.length;
    before.disabled = fassungen.length < 2;
  };
  const list = () => {
    const kept = chosen.value;
    const own = session.own ? [[OWN, `${session.own.titel} (${session.own.sent.datei})`]] : [];
    chosen.replaceChildren(...[["", "alle im Überblick"], ...about.programme.map(({ id, titel }) => [id, `${titel} (${id})`]), ...own].map(option));
    chosen.value = kept;
    if (chosen.selectedIndex < 0) chosen.value = "";
    offer();
  };
  const show = (request) => tried(part("found"), async () => {
    const { data } = await engine.ask(request);
    if (data.fehler) throw new Error(data.fehler);
    announce("Angezeigt");
    fill(part("found"), shown(data.bericht));
  });
  const take = ([file]) => tried(part("found"), async () => {
    const sent = { datei: file.name, text: text(file.name, await content(file)) };
    const { data } = await engine.ask({ task: "eigenes", eigenes: sent });
    if (data.fehler) throw new Error(data.fehler);
    session.keep("own", { titel: data.titel, sent });
    chosen.value = OWN;
    offer();
    fill(part("found"), shown(data.bericht));
  });

  list();
  session.addEventListener("own", () => {
    list();
    const { own } = session;
    part("own").hidden = !own;
    if (!own) return;
    const remove = element("button", { type: "button", textContent: "entfernen", ariaLabel: `${own.sent.datei} entfernen` });
    remove.addEventListener("click", () => {
      session.keep("own", null);
      part("found").hidden = true;
      part("file").focus();
    });
    part("own").replaceChildren(`„${own.titel}“ aus ${own.sent.datei} steht jetzt auch unter Prüfen und Vorlage zur Wahl. `, remove);
  });
  accept(part("drop"), part("file"), take);
  chosen.addEventListener("change", offer);
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const own = chosen.value === OWN ? { eigenes: session.own.sent } : {};
    show({ task: "programme", programm: chosen.value, tag: version.value, vorher: before.value, ...own });
  });
}

function text(name, bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`${name} ist kein Text in UTF-8 und damit keine Programmdatei (.yaml).`);
  }
}
