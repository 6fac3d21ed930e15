// A picture pressed opens large in front of the page, with what it shows and whose it is. Without this script the
// link leads to the picture itself.
(() => {
  const dialog = document.getElementById("picture");
  if (!dialog) return;
  const image = dialog.querySelector("figure").insertBefore(new Image(), dialog.querySelector("figcaption"));
  const gone = dialog.querySelector(".gone");
  const shows = dialog.querySelector(".shows");
  const credit = dialog.querySelector(".credit");
  let from = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.picture");
    // Whoever asks for another tab gets it.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const small = link.querySelector("img");
    from = link;
    gone.hidden = true;
    image.hidden = false;
    image.alt = small.alt;
    // The room is there before the picture is.
    image.width = small.getAttribute("width");
    image.height = small.getAttribute("height");
    image.src = link.href;
    shows.textContent = small.alt;
    credit.textContent = link.closest("figure").querySelector("figcaption")?.textContent ?? "";
    dialog.showModal();
  });
  image.addEventListener("error", () => {
    if (!dialog.open) return;
    image.hidden = true;
    gone.textContent = dialog.dataset.gone;
    gone.hidden = false;
  });
  // Beside the picture is the page behind it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    image.removeAttribute("src");
    from?.focus();
  });
})();
