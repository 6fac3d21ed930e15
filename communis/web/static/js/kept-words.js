// Signed out while writing: the words wait in this tab, so that signing in can happen here and give them back.
(() => {
  const form = document.getElementById("kept");
  const link = document.getElementById("sign-in");
  if (!form || !link) return;
  link.removeAttribute("target");
  link.querySelector(".beside").remove();
  document.getElementById("by-hand").hidden = true;
  document.getElementById("by-script").hidden = false;
  const keep = () => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const writer = form.elements.writer?.value ?? "";
    sessionStorage.setItem("communis-kept-words", JSON.stringify({ address: form.getAttribute("action"), writer, fields }));
  };
  keep();
  form.addEventListener("input", keep);
  // Gone on from here: the form itself carries the words.
  form.addEventListener("submit", () => sessionStorage.removeItem("communis-kept-words"));
})();
