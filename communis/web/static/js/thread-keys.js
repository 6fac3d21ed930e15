// Keyboard: j and k next and previous, u up, n next new, q the question, r answer, ? all keys.
(() => {
  const all = () => [...document.querySelectorAll(".c")];
  const depth = (article) => Number(/\bd(\d)\b/.exec(article.className)[1]);
  const current = () => document.activeElement?.closest?.(".c");
  const go = (article) => {
    if (!article) return;
    // Here and not in the page, where it would stand five hundred times.
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
  };
  const keys = {
    j: () => { const list = all(); go(list[list.indexOf(current()) + 1]); },
    k: () => { const list = all(); const at = list.indexOf(current()); go(list[at > 0 ? at - 1 : 0]); },
    u: () => {
      const list = all(); const here = current(); if (!here) return;
      go(list.slice(0, list.indexOf(here)).reverse().find((article) => depth(article) < depth(here)));
    },
    n: () => { const list = all(); go(list.slice(list.indexOf(current()) + 1).find((article) => article.classList.contains("new"))); },
    q: () => go(all()[0]),
    r: () => { const link = (current() ?? document).querySelector("a[href$='/answers']"); if (link) location.href = link.href; },
    "?": () => document.getElementById("keys")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
