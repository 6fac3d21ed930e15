// The answer form: what the address names is opened and reached, and Ctrl+Enter gives the answer.
(() => {
  const reach = () => {
    const place = document.getElementById(location.hash.replace("#do-", ""));
    if (!place) return;
    if (place.matches("details")) place.open = true;
    place.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  };
  addEventListener("hashchange", reach);
  reach();
  const form = document.getElementById("give");
  form?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.main"));
    }
  });
})();
