// A few marks of Markdown at the press of a button, by mouse or keyboard; arrow keys move within the toolbar.
(() => {
  const bar = document.getElementById("toolbar");
  const text = document.getElementById("text");
  if (!bar || !text) return;
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, at) => { button.tabIndex = at === 0 ? 0 : -1; });
  const put = (words, from, to, select) => {
    text.focus();
    text.setRangeText(words, from, to, "end");
    text.setSelectionRange(...select);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { before, after, line } = button.dataset;
    let { selectionStart: from, selectionEnd: to } = text;
    if (line) {
      from = text.value.lastIndexOf("\n", from - 1) + 1;
      const words = text.value.slice(from, to).split("\n").map((row) => line + row).join("\n");
      put(words, from, to, [from + words.length, from + words.length]);
    } else {
      const words = text.value.slice(from, to);
      put(before + words + after, from, to, [from + before.length, from + before.length + words.length]);
    }
  });
  // Otherwise the press of a button would take the selection away.
  bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !buttons.includes(document.activeElement)) return;
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
  });
})();
