// The minute to undo runs out on the page as well.
(() => {
  const bar = document.querySelector(".undo");
  if (bar) setTimeout(() => bar.remove(), Number(bar.dataset.seconds) * 1000);
})();
