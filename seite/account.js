/* De-minimis: a history, or a small form, with a planned award; the account is drawn anew while one types. */

import { accept, content } from "./files.js";
import { live } from "./live.js";
import { announce, complaint, element, fill, saved, saving, shown, tried } from "./show.js";

const AWARD = [
  ["unternehmen", "Unternehmen", {}],
  ["gewaehrt_am", "Gewährt am", { type: "date" }],
  ["subventionswert", "Subventionswert in EUR", { inputMode: "decimal" }],
  ["zuwendungsgeber", "Zuwendungsgeber", {}],
  ["verordnung", "Verordnung", {}],
];
const RELATION = [
  ["unternehmen", "Unternehmen", {}],
  ["beziehung", "Beziehung", {}],
  ["verbunden_mit", "verbunden mit", {}],
];

export function accountTab(engine, about) {
  const part = (name) => document.getElementById(`konto-${name}`);
  const found = part("found");
  let file = null;

  const typed = () => ({
    beihilfen: rows(part("awards")),
    verbund: rows(part("relations")),
    beihilfe: part("planned").value.trim(),
    stichtag: part("day").value,
    verordnung: part("regulation").value,
    unternehmen: part("who").value.trim(),
  });
  const { now, soon } = live(() => tried(found, async () => {
    const mine = file;
    const given = mine ? new Map([[mine.name, await content(mine)]]) : new Map();
    const { data, files } = await engine.ask({ task: "konto", ...typed() }, given);
    if (mine !== file) return;
    if (data.fehler) {
      fill(found, complaint(data.fehler));
      return;
    }
    part("said").replaceChildren();
    announce(data.kurz);
    const verdict = element("p", { className: `verdict ${data.ergebnis}`, textContent: data.kurz });
    fill(found, verdict, element("p", { className: "buttons" }, ...files.map(saving)), shown(data.bericht));
  }));
  const take = (came) => {
    [file] = came;
    part("typed").hidden = Boolean(file);
    part("save").hidden = Boolean(file);
    part("chosen").hidden = !file;
    part("chosen").replaceChildren(
      `${file ? file.name : ""} `,
      element("button", { type: "button", textContent: "entfernen und eintippen", onclick: () => take([null]) }),
    );
    if (file) now();
    else found.hidden = true;
  };

  const regulations = () => [["", "die allgemeine"], ...about.verordnungen.map((number) => [number, number])].map(([value, textContent]) => element("option", { value, textContent }));
  part("regulation").replaceChildren(...regulations());
  table(part("awards"), AWARD, { verordnung: regulations }, "Beihilfe", soon);
  table(part("relations"), RELATION, { beziehung: () => about.beziehungen.map((word) => element("option", { value: word, textContent: readable(word) })) }, "Beziehung", soon);
  accept(part("drop"), part("file"), take);
  part("form").addEventListener("input", (event) => {
    if (event.target !== part("file")) soon();
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  part("save").addEventListener("click", () => tried(part("said"), async () => {
    const { data, files } = await engine.ask({ task: "kontodatei", ...typed() });
    if (data.fehler) throw new Error(data.fehler);
    saved(part("said"), files[0]);
  }));
}

/** A word of ours as people write it: stimmrechtsmehrheit → Stimmrechtsmehrheit. */
function readable(word) {
  const text = word.replaceAll("_", " ").replace("natuerliche", "natürliche").replace("oeffentliche", "öffentliche");
  return text[0].toUpperCase() + text.slice(1);
}

/** Draw a form of rows with the fields `[key, label, properties]`; `choices` are words to choose from by key. */
function table(place, fields, choices, what, changed) {
  let number = 0;
  const add = () => {
    number += 1;
    const group = element("div", { className: "entry", role: "group", ariaLabel: `${what} ${number}` });
    for (const [key, label, properties] of fields) {
      const field = choices[key] ? element("select", {}, ...choices[key]()) : element("input", { autocomplete: "off", ...properties });
      field.dataset.field = key;
      field.dataset.untouched = field.value;
      group.append(element("label", {}, label, field));
    }
    const remove = element("button", { type: "button", textContent: "Zeile entfernen", ariaLabel: `Zeile entfernen: ${group.ariaLabel}` });
    remove.addEventListener("click", () => {
      group.remove();
      more.focus();
      changed();
    });
    group.append(remove);
    more.before(group);
    return group;
  };
  const more = element("button", { type: "button", textContent: `${what} hinzufügen` });
  more.addEventListener("click", () => add().querySelector("input, select").focus());
  place.append(more);
  if (what === "Beihilfe") add();
}

/** What was typed in the rows; a row in which nothing was is left out. */
function rows(place) {
  return [...place.querySelectorAll(".entry")]
    .map((group) => [...group.querySelectorAll("[data-field]")])
    .filter((fields) => fields.some((field) => field.value !== field.dataset.untouched))
    .map((fields) => Object.fromEntries(fields.map((field) => [field.dataset.field, field.value])));
}
