// In the queue: e opens the answer, h hands over, d promises another day. j, k and Enter are everywhere (keys.js).
(() => {
  // Not the name of the place itself: the browser would go there and take the focus with it.
  const places = { e: "#do-give", r: "#do-give", d: "#do-new-day", h: "#do-not-mine" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (localStorage.getItem("communis-keys-off") !== null) return;
    const link = document.activeElement?.closest?.(".queue > li")?.querySelector("a");
    if (!link || !(event.key in places)) return;
    event.preventDefault();
    location.href = link.href + places[event.key];
  });
})();
