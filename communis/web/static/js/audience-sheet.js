// On a telephone the rows of who should read are a sheet; the door beside the button opens it.
// Not deferred: the style sheet hides the rows only once this has run, so that they are there whatever fails. For the
// same reason a tap is heard from the first moment, and not when the scripts below have come over a slow network.
(() => {
  if (!("popover" in HTMLElement.prototype)) return;
  document.documentElement.classList.add("sheets");
  const narrow = matchMedia("(max-width: 40rem)");
  const sheet = () => {
    const rows = document.getElementById("audiences");
    rows.popover = narrow.matches ? "auto" : null;
    return rows;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("#who")) sheet().showPopover();
    else if (event.target.closest("#who-done")) {
      sheet().hidePopover();
      document.getElementById("who").focus();
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const rows = sheet();
    narrow.addEventListener("change", sheet);
    if (narrow.matches && rows.querySelector(".fault") !== null) rows.showPopover();
  });
})();
