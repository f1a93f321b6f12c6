/* Vorlage: a workbook or text to fill in. */

import { element, fill, save, tried } from "./show.js";

export function templateTab(engine, about) {
  const part = (name) => document.getElementById(`vorlage-${name}`);
  const kind = part("kind");
  part("programme").replaceChildren(...about.programme.map(({ id, titel }) => element("option", { value: id, textContent: `${titel} (${id})` })));
  kind.addEventListener("change", () => {
    for (const field of [part("programme"), part("day")]) field.disabled = kind.value === "historie";
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    tried(part("found"), async () => {
      const request = { task: "vorlage", art: kind.value, programm: part("programme").value, tag: part("day").value, format: part("format").value };
      const { data, files } = await engine.ask(request);
      if (data.fehler) throw new Error(data.fehler);
      save(...files[0]);
      fill(part("found"), element("p", { textContent: `${files[0][0]} gespeichert`, role: "status" }));
    });
  });
}
