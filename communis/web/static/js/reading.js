// How the words read is hidden at a press, and stays hidden on this page.
(() => {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-hide=reading]")) return;
    event.preventDefault();
    document.getElementById("text").focus();
    document.getElementById("reading").remove();
  });
})();
