// Keeps what is being written: on the server a second after the last key, and in the tab while signed out.
(() => {
  const form = document.querySelector("#compose, #give");
  const status = document.getElementById("draft-status");
  if (!form || !status) return;
  const KEPT = "communis-kept-words";
  const text = form.elements.text ?? form.elements.words;

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept || kept.address !== location.pathname + location.search) return;
    sessionStorage.removeItem(KEPT);
    if (kept.writer && kept.writer !== form.dataset.writer) return;
    const fields = new Map();
    for (const [name, value] of kept.fields) fields.set(name, [...(fields.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!fields.has(field.name) || field.type === "hidden" || field.type === "file" || field.tagName === "BUTTON") continue;
      const values = fields.get(field.name);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0];
    }
    form.dispatchEvent(new Event("change"));
    written += 1;
    save();
  };

  // All but the files, and what the adviser is told: that is kept nowhere.
  const kept = () => {
    const fields = new FormData(form);
    for (const name of ["files", "believes", "urgent"]) fields.delete(name);
    return fields;
  };

  // Written on the page without network, by the one who writes here: it stands here now, and is saved.
  const WITHOUT_NETWORK = "communis-without-network";
  const fetchKept = () => {
    localStorage.setItem("communis-writer", form.dataset.writer);
    const kept = JSON.parse(localStorage.getItem(WITHOUT_NETWORK) ?? "null");
    if (!kept || text.value.trim() || (kept.writer && kept.writer !== form.dataset.writer)) return;
    localStorage.removeItem(WITHOUT_NETWORK);
    text.value = kept.text;
    written += 1;
    save();
  };

  // What stands there when the page is opened is no draft: who only looks leaves none behind. What was typed and came
  // back with a fault is one.
  let waiting, sending = false, written = "typed" in form.dataset ? 1 : 0, saved = 0;
  const save = async () => {
    const fields = kept(), until = written;
    try {
      const answer = await fetch(status.dataset.address, { method: "POST", body: fields, redirect: "manual" });
      if (sending) return;
      if (answer.status === 403) { status.textContent = status.dataset.signedOut; return; }
      const done = answer.status < 500 && answer.type !== "opaqueredirect";
      if (done) saved = Math.max(saved, until);
      status.textContent = done ? await answer.text() : status.dataset.fault;
    } catch {
      if (!sending) status.textContent = navigator.onLine ? status.dataset.fault : status.dataset.offline;
      // A network that has just come back may fail once more.
      if (!sending && navigator.onLine) { clearTimeout(waiting); waiting = setTimeout(save, 5000); }
    }
  };
  const soon = () => { written += 1; clearTimeout(waiting); waiting = setTimeout(save, 1000); };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    // Without network nothing is sent and nothing is lost: the page stays, and says so.
    if (!navigator.onLine) {
      event.preventDefault();
      status.textContent = status.dataset.offline;
      return;
    }
    sending = true;
    clearTimeout(waiting);
  });
  // Leaving the page within the second: one last save that outlives it.
  addEventListener("pagehide", () => {
    if (sending || written === saved || !text.value.trim()) return;
    const fields = kept();
    navigator.sendBeacon(status.dataset.address, fields);
  });
  // Shown again by the Back button: what was being sent then may go on being written.
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("online", () => { if (written > saved) save(); });
  restore();
  if (form.id === "compose") fetchKept();
})();
