// Keyboard: c write; j, k, n next, previous, next new; u up, r answer, q the question; g s, g q, g d, g a, g p; ? all keys.
(() => {
  const OFF = "communis-keys-off";
  const sheet = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  // Whoever speaks to the browser, or whose hands shake, can turn single keys off; only "?" is left.
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });

  const all = () => [...document.querySelectorAll(".c, .thoughts > li, article.draft")];
  const current = () => document.activeElement?.closest?.(".c, .thoughts > li, article.draft");
  const depth = (one) => Number(/\bd(\d)\b/.exec(one.className)?.[1] ?? 0);
  const go = (one) => {
    if (!one) return;
    // In a list the link itself is reached, so that Enter opens it. Elsewhere the number stands here and not
    // in the page, where it would be written five hundred times.
    const target = one.matches(".thoughts > li") ? one.querySelector("a") ?? one : one;
    if (target === one) one.tabIndex = -1;
    target.focus({ preventScroll: true });
    one.scrollIntoView({ block: one.matches(".c") ? "start" : "nearest" });
  };
  const to = (address) => { location.href = address; };
  const keys = {
    c: () => {
      const thought = document.getElementById("thought");
      if (thought) thought.focus();
      else to("/write");
    },
    j: () => { const list = all(); go(list[list.indexOf(current()) + 1]); },
    k: () => { const list = all(); go(list[Math.max(list.indexOf(current()) - 1, 0)]); },
    n: () => { const list = all(); go(list.slice(list.indexOf(current()) + 1).find((one) => one.classList.contains("new"))); },
    u: () => {
      const list = all();
      const here = current();
      if (here) go(list.slice(0, list.indexOf(here)).reverse().find((one) => depth(one) < depth(here)));
    },
    q: () => go(document.querySelector(".c")),
    r: () => { const link = (current() ?? document).querySelector("a[href$='/answers']"); if (link) to(link.href); },
    "g s": () => to("/"),
    "g q": () => to("/questions"),
    "g d": () => to("/for-you"),
    "g a": () => to("/to-answer"),
    "g p": () => to("/already-tried"),
    "?": () => { sheet.showModal(); sheet.querySelector("button").focus(); },
  };

  // A sheet that has just closed keeps the focus until the browser draws the page again.
  const typedInto = (target) => {
    const dialog = target.closest("dialog");
    return dialog ? dialog.open : target.closest("input, textarea, select, [popover]");
  };
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typedInto(event.target)) return;
    const act = keys[`${before} ${event.key}`] ?? (before === "g" ? undefined : keys[event.key]);
    before = before === "g" ? "" : event.key;
    if (!act || (!on.checked && event.key !== "?")) return;
    event.preventDefault();
    act();
  });
})();
