// In the queue: e opens the answer, h hands over, d promises another day. j, k and Enter are everywhere (keys.js).
(() => {
  const places = { e: "#give", r: "#give", d: "#new-day", h: "#not-mine" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (localStorage.getItem("communis-keys-off") !== null) return;
    const link = document.activeElement?.closest?.(".queue > li")?.querySelector("a");
    if (!link || !(event.key in places)) return;
    event.preventDefault();
    location.href = link.href + places[event.key];
  });
})();
