/* Prüfen: budgets and their histories in, reports and files to save out. */

import { accept, contents, listed } from "./files.js";
import { complaint, element, fill, saved, saving, shown, tried } from "./show.js";

export function checkTab(engine, session, toWhatIf) {
  const part = (name) => document.getElementById(`pruefen-${name}`);
  const found = part("found");
  let files = [];

  const list = () => part("chosen").replaceChildren(...listed(files, (gone) => forget(files.filter((file) => file !== gone))));
  const change = (now) => {
    files = now;
    list();
  };
  /** Keep only these files; what was said of others is gone. */
  const forget = (now) => {
    change(now);
    found.hidden = true;
    session.keep("checked", null);
    part("files").focus();
  };
  const check = () => tried(found, async () => {
    const mine = files;
    if (!files.length) throw new Error("Wählen Sie zuerst eine Datei.");
    const given = await contents(files);
    const own = session.own && part("own").checked ? { eigenes: session.own.sent } : {};
    const asked = { stichtag: part("day").value, ...own };
    session.keep("checked", null);
    const answer = await engine.ask({ task: "pruefen", ...asked }, given);
    if (mine === files) show(answer, given, asked);
  });

  function show({ data, files: made }, given, asked) {
    if (data.fehler) {
      fill(found, complaint(data.fehler));
      return;
    }
    const heading = element("h2", { textContent: data.kurz, className: `verdict ${data.ergebnis}`, tabIndex: -1 });
    const histories = data.historien.length ? [element("p", { textContent: `De-minimis-Historien unter den Dateien: ${data.historien.join(", ")}` })] : [];
    const buttons = element(
      "p",
      { className: "buttons" },
      ...made.map(saving),
      element("button", { type: "button", textContent: "Drucken oder als PDF speichern", onclick: () => window.print() }),
    );
    const overview = data.uebersicht ? [shown(data.uebersicht)] : [];
    fill(found, heading, ...histories, buttons, ...overview, ...data.berichte.map((one) => report(one, given, asked, data.berichte.length === 1)));
    heading.focus();
    const budgets = data.berichte.filter(({ lesbar }) => lesbar).map(({ datei }) => datei);
    if (budgets.length) session.keep("checked", { given, asked, budgets });
  }

  function report(one, given, asked, open) {
    const body = element("details", { open }, element("summary", { textContent: one.kurz, className: one.ergebnis }));
    const said = element("div", { className: "said" });
    if (one.lesbar) {
      const offer = (text, task) => element("button", { type: "button", textContent: text, onclick: () => make(task, one, given, asked, said) });
      const yaml = /\.ya?ml$/i.test(one.datei);
      const other = element("button", { type: "button", textContent: "Was wäre wenn …", onclick: () => toWhatIf(one.datei) });
      body.append(element("p", { className: "buttons" }, other, offer("Tabelle mit Ergebnis speichern", "ergebnistabelle"), offer(yaml ? "Budget als Tabelle speichern (.xlsx)" : "Budget als Text speichern (.yaml)", "umwandeln")));
    }
    body.append(said, shown(one.bericht));
    return body;
  }

  const make = (task, one, given, asked, said) => tried(said, async () => {
    const { data, files: made } = await engine.ask({ task, datei: one.datei, ...asked }, given);
    if (data.fehler) throw new Error(data.fehler);
    saved(said, made[0]);
  });

  accept(part("drop"), part("files"), (came) => {
    const names = new Set(came.map((file) => file.name));
    change([...files.filter((file) => !names.has(file.name)), ...came]);
    check();
  });
  part("clear").addEventListener("click", () => forget([]));
  session.addEventListener("own", () => {
    part("own-field").hidden = !session.own;
    part("own").checked = Boolean(session.own);
    part("own-title").textContent = session.own ? session.own.titel : "";
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
}
