/* Vorlage: a workbook or text to fill in. */

import { element, saved, tried } from "./show.js";

export function templateTab(engine, about, session) {
  const part = (name) => document.getElementById(`vorlage-${name}`);
  const [kind, programme, day] = ["kind", "programme", "day"].map(part);
  const list = () => {
    const kept = programme.value;
    const own = session.own ? [["eigenes", `${session.own.titel} (${session.own.sent.datei})`]] : [];
    const every = [...about.programme.map(({ id, titel }) => [id, `${titel} (${id})`]), ...own];
    programme.replaceChildren(...every.map(([value, textContent]) => element("option", { value, textContent })));
    programme.value = kept;
    if (programme.selectedIndex < 0) programme.selectedIndex = 0;
  };
  const enable = () => {
    programme.disabled = kind.value === "historie";
    day.disabled = programme.disabled || programme.value === "eigenes";
  };
  list();
  session.addEventListener("own", () => {
    list();
    enable();
  });
  for (const field of [kind, programme]) field.addEventListener("change", enable);
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    tried(part("found"), async () => {
      const own = programme.value === "eigenes" ? { eigenes: session.own.sent } : {};
      const request = { task: "vorlage", art: kind.value, programm: programme.value, tag: day.disabled ? "" : day.value, format: part("format").value, ...own };
      const { data, files } = await engine.ask(request);
      if (data.fehler) throw new Error(data.fehler);
      saved(part("found"), files[0]);
    });
  });
}
