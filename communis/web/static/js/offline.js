// The page without network: what is written stays in this browser, and draft.js takes it from here.
// Signing out empties the browser's store (Clear-Site-Data).
(() => {
  const KEPT = "communis-without-network";
  const text = document.querySelector("#offline textarea");
  const status = document.getElementById("kept");
  if (!text) return;
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  text.value = kept?.text ?? "";
  text.addEventListener("input", () => {
    const writer = localStorage.getItem("communis-writer") ?? "";
    if (text.value) localStorage.setItem(KEPT, JSON.stringify({ text: text.value, writer }));
    else localStorage.removeItem(KEPT);
    status.textContent = text.value ? status.dataset.kept : "";
  });
})();
