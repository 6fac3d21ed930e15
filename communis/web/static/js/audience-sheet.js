// On a telephone the rows of who should read are a sheet; the door beside the button opens it.
(() => {
  const rows = document.getElementById("audiences");
  const opener = document.getElementById("who");
  const done = document.getElementById("who-done");
  if (!rows || !opener || !("popover" in rows)) return;
  const narrow = matchMedia("(max-width: 40rem)");
  const fit = () => {
    const faulty = rows.querySelector(".fault") !== null;
    rows.popover = narrow.matches ? "auto" : null;
    if (narrow.matches && faulty) rows.showPopover();
  };
  opener.addEventListener("click", () => rows.showPopover());
  done.addEventListener("click", () => { rows.hidePopover(); opener.focus(); });
  narrow.addEventListener("change", fit);
  fit();
})();
