// Asks every half minute whether something is new, every five minutes while the page is hidden.
(() => {
  const news = document.getElementById("news");
  if (!news) return;
  const look = () => {
    if (!news.textContent.trim()) news.dispatchEvent(new Event("look"));
    setTimeout(look, document.hidden ? 300_000 : 30_000);
  };
  setTimeout(look, 30_000);
})();
