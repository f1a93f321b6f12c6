/* Was wäre wenn: what would make a budget pass, and what other amounts lead to, checked anew while one types. */

import { live } from "./live.js";
import { announce, element, fill, saved, shown, tried } from "./show.js";

const EMPTY = { gruppen: [], gekuerzt: 0 };

export function whatIfTab(engine, session, panel, toChecking) {
  const part = (name) => document.getElementById(`wenn-${name}`);
  const [found, verdict, proposed] = ["found", "verdict", "proposals"].map(part);
  let of = null; // what was checked last when the fields were drawn
  let drawn = false;
  let round = 0; // which budget is meant; what is answered about another one comes too late
  let more = new Map(); // values of proposals for which there is no field here: path → what is there instead

  const fields = () => [...part("fields").querySelectorAll("input")];
  const isChanged = (field) => field.value.trim() !== field.dataset.stated;
  const values = () => {
    const typed = fields().filter(isChanged).map((field) => [field.dataset.path, field.value.trim()]);
    return Object.fromEntries([...[...more].map(([path, { neu }]) => [path, neu]), ...typed]);
  };
  const asked = (task, others = {}) => engine.ask({ task, datei: part("file").value, ...of.asked, werte: values(), ...others }, of.given);

  /** What was said of other values holds no more. */
  const gone = (error) => {
    verdict.textContent = "";
    throw error;
  };
  const { now, soon } = live(() => tried(found, async () => {
    const mine = round;
    const { data } = await asked("wenn", { felder: !drawn }).catch(gone);
    if (mine !== round) return;
    if (data.fehler) gone(new Error(data.fehler));
    if (data.gruppen) draw(data);
    show(data);
  }));

  function draw({ gruppen, gekuerzt }) {
    drawn = Boolean(gruppen.length);
    const cut = gekuerzt ? [element("p", { textContent: `Gezeigt sind die ersten ${gekuerzt} Felder; weitere ändern Sie in der Datei.` })] : [];
    part("fields").replaceChildren(...gruppen.map(group), ...cut);
  }

  function show(data) {
    verdict.className = `verdict ${data.ergebnis}`;
    verdict.textContent = data.satz ? `${data.kurz}: ${data.satz}` : data.kurz;
    for (const field of fields()) {
      field.classList.toggle("changed", isChanged(field));
      field.toggleAttribute("aria-invalid", isChanged(field) && data.fehler_an.includes(field.dataset.place));
    }
    part("said").replaceChildren();
    const changed = data.geaendert > 0;
    part("reset").hidden = !changed;
    part("save").hidden = !changed || data.ergebnis === "fehler";
    part("again").hidden = !changed || data.ergebnis === "fehler";
    part("more").replaceChildren(...[...more].map(([path, { titel, gezeigt }]) => {
      const back = element("button", { type: "button", textContent: "zurücknehmen", ariaLabel: `${titel} zurücknehmen` });
      back.addEventListener("click", () => {
        more.delete(path);
        part("reset").focus();
        now();
      });
      return element("li", {}, `${titel}: ${gezeigt} `, back);
    }));
    const report = element("details", { open: !data.vergleich }, element("summary", { textContent: "Bericht mit diesen Werten" }), shown(data.bericht));
    fill(found, ...(data.vergleich ? [shown(data.vergleich)] : []), report);
  }

  /** Put values into the fields, and keep those that have none; all others are those of the file again. */
  function put(changes) {
    const known = new Map(fields().map((field) => [field.dataset.path, field]));
    for (const field of known.values()) field.value = field.dataset.stated;
    more = new Map();
    for (const { pfad, ...value } of changes) {
      if (known.has(pfad)) known.get(pfad).value = value.neu;
      else more.set(pfad, value);
    }
    return now();
  }

  const search = () => tried(proposed, async () => {
    const before = [...[...more].map(([pfad, kept]) => ({ pfad, ...kept })), ...fields().filter(isChanged).map((field) => ({ pfad: field.dataset.path, neu: field.value.trim() }))];
    fill(proposed, element("p", { textContent: "Vorschläge werden gesucht …" }));
    const mine = round;
    const { data } = await asked("vorschlaege");
    if (mine !== round) return;
    if (data.fehler) throw new Error(data.fehler);
    const entries = data.vorschlaege.map((one, index) => {
      const name = one.meiste ? "Das Meiste" : `Vorschlag ${index + 1}`;
      const take = element("button", { type: "button", textContent: "Übernehmen", ariaLabel: `${name} übernehmen` });
      take.addEventListener("click", () => put([...before, ...one.werte]).then(() => part("fields").scrollIntoView({ block: "nearest" })));
      return element("li", {}, element("p", {}, element("strong", { textContent: `${name}: ` }), one.text), element("p", { className: "buttons" }, take));
    });
    announce(entries.length ? `${data.titel}: ${entries.length} ${entries.length === 1 ? "Vorschlag" : "Vorschläge"}` : data.keine);
    const end = data.vollstaendig ? [] : [element("p", { textContent: `Die Suche endete nach ${data.geprueft} Prüfungen; es kann weitere Wege geben.` })];
    fill(proposed, element("h3", { textContent: data.titel }), entries.length ? element("ol", { className: "proposals" }, ...entries) : element("p", { textContent: data.keine }), ...end);
  });

  /** Begin anew with a budget: its fields, and what would make it pass. */
  async function begin() {
    round += 1;
    const mine = round;
    drawn = false;
    more = new Map();
    draw(EMPTY);
    proposed.replaceChildren();
    verdict.textContent = "";
    await now();
    if (drawn && mine === round) await search();
  }

  panel.addEventListener("shown", () => {
    if (of === session.checked && (drawn || !of)) return;
    of = session.checked;
    part("none").hidden = Boolean(of);
    part("some").hidden = !of;
    if (!of) return;
    part("file").replaceChildren(...of.budgets.map((name) => element("option", { value: name, textContent: name })));
    if (of.wanted) part("file").value = of.wanted;
    begin();
  });
  part("to-check").addEventListener("click", toChecking);
  part("file").addEventListener("change", begin);
  part("again").addEventListener("click", search);
  part("reset").addEventListener("click", () => put([]));
  part("form").addEventListener("input", soon);
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  part("save").addEventListener("click", () => tried(part("said"), async () => {
    const { data, files } = await asked("geaendert");
    if (data.fehler) throw new Error(data.fehler);
    saved(part("said"), files[0]);
  }));
}

function group({ titel, zeilen }) {
  return element("fieldset", {}, element("legend", { textContent: titel }), ...zeilen.map((row, index) => {
    const inputs = row.felder.map(({ pfad, text, wert, ort }) => {
      const input = element("input", { value: wert, autocomplete: "off", inputMode: "decimal" });
      Object.assign(input.dataset, { path: pfad, stated: wert, place: ort });
      return element("label", {}, text, input);
    });
    return element("div", { className: "entry", role: "group", ariaLabel: row.titel || `Zeile ${index + 1}` }, element("strong", { textContent: row.titel }), ...inputs);
  }));
}
