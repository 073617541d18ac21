/* Worksheets that stay on the device. Nothing here asks the network for anything.
   A sheet is an element [data-sheet] (its block's id); its fields carry [data-field] (the key of an answer).
   What is typed is forgotten with the page, until the reader asks to keep it: then it stands in localStorage. */

for (const sheet of document.querySelectorAll("[data-sheet]")) start(sheet);

function start(sheet) {
  const fields = [...sheet.querySelectorAll("[data-field]")];
  const bar = sheet.querySelector(".sheet-bar");
  if (!fields.length || !bar) return;
  const name = `sheet:${sheet.dataset.sheet}`;
  const state = bar.querySelector(".sheet-state");
  const button = (what) => bar.querySelector(`[data-do="${what}"]`);
  let kept = null;
  let works = true;
  try {
    kept = localStorage.getItem(name);
  } catch {
    works = false; // A browser that keeps nothing says so by throwing; the reader is told below.
  }

  const tell = (how) => {
    state.textContent = state.dataset[how];
    button("keep").hidden = how === "kept" || how === "refused";
    button("wipe").hidden = how === "refused";
  };
  const save = () => {
    try {
      localStorage.setItem(name, JSON.stringify(answers(fields)));
      kept = true;
      tell("kept");
    } catch {
      kept = null;
      tell("refused");
    }
  };

  if (kept) fill(fields, read(kept));
  refresh(sheet, fields);
  bar.hidden = false;
  tell(!works ? "refused" : kept ? "kept" : "loose");

  sheet.addEventListener("input", () => {
    refresh(sheet, fields);
    if (kept) save();
  });
  // Another tab of the same site may have wiped or changed what is kept.
  addEventListener("storage", (event) => {
    if (event.key !== name && event.key !== null) return;
    kept = event.newValue;
    fill(fields, kept ? read(kept) : {});
    refresh(sheet, fields);
    tell(kept ? "kept" : "wiped");
  });
  button("keep").addEventListener("click", () => {
    save();
    state.setAttribute("tabindex", "-1");
    state.focus(); // The button that had the focus has gone.
  });
  button("print").addEventListener("click", () => {
    document.documentElement.classList.add("one-sheet");
    sheet.classList.add("printed");
    for (let one = sheet; one; one = one.parentElement) one.classList.add("prints");
    print();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("one-sheet");
    sheet.classList.remove("printed");
    for (let one = sheet; one; one = one.parentElement) one.classList.remove("prints");
  });
  button("wipe").addEventListener("click", (event) => {
    if (!confirm(event.currentTarget.dataset.ask)) return;
    kept = null;
    fill(fields, {});
    refresh(sheet, fields);
    try {
      localStorage.removeItem(name);
      tell("wiped");
    } catch {
      tell("refused");
    }
  });
}

function read(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {}; // Not ours any more: the next answer replaces it.
  }
}

function answers(fields) {
  const found = {};
  for (const field of fields) {
    const value = field.type === "checkbox" ? field.checked && "yes" : field.type === "radio" ? field.checked && field.value : field.value;
    if (value) found[field.dataset.field] = value;
  }
  return found;
}

function fill(fields, found) {
  for (const field of fields) {
    const value = found[field.dataset.field] ?? "";
    if (field.type === "checkbox") field.checked = value === "yes";
    else if (field.type === "radio") field.checked = value === field.value;
    else field.value = value;
    // An answer that is there is seen, and printed.
    if (value) field.closest("details")?.setAttribute("open", "");
  }
}

/* What follows from the answers: room for long texts, words for the printer, the places on a spectrum. */
function refresh(sheet, fields) {
  for (const field of fields) {
    const box = field.closest(".fill");
    if (!box) continue;
    const day = field.type === "date" && field.valueAsDate;
    box.dataset.typed = day ? day.toLocaleDateString(document.documentElement.lang, { timeZone: "UTC", dateStyle: "long" }) : field.value;
  }
  const places = new Map([...sheet.querySelectorAll("[data-stand]")].map((list) => [list.dataset.stand, list]));
  for (const list of places.values()) list.replaceChildren();
  for (const row of sheet.querySelectorAll("[data-place]")) {
    const who = row.dataset.place || row.querySelector("input")?.value.trim();
    const list = places.get(row.querySelector("select").value);
    if (!who || !list) continue;
    const item = document.createElement("li");
    item.textContent = who;
    list.append(item);
  }
}
