// On a telephone the rows of who should read are a sheet; the door beside the button opens it.
// Not deferred: the style sheet hides the rows only once this has run, so that they are there whatever fails.
(() => {
  if (!("popover" in HTMLElement.prototype)) return;
  document.documentElement.classList.add("sheets");
  document.addEventListener("DOMContentLoaded", () => {
    const rows = document.getElementById("audiences");
    const opener = document.getElementById("who");
    const done = document.getElementById("who-done");
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
  });
})();
