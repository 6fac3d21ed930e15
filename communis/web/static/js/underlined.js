// Words that blur are underlined where they stand. A field cannot be underlined in part: behind it lie the same words,
// of which nothing shows but the lines.
(() => {
  const blurs = document.getElementById("blurs");
  if (!blurs) return;
  const under = new Map();
  for (const field of document.querySelectorAll(".underlined > textarea")) {
    const lines = document.createElement("div");
    lines.className = "lines";
    lines.ariaHidden = "true";
    field.before(lines);
    under.set(field, lines);
    field.addEventListener("input", () => draw(field));
    field.addEventListener("scroll", () => { lines.scrollTop = field.scrollTop; });
  }
  const found = () => [...new Set([...blurs.querySelectorAll("q")].map((one) => one.textContent))].filter(Boolean);
  const draw = (field) => {
    const lines = under.get(field), words = found(), text = field.value;
    lines.replaceChildren();
    let at = 0;
    while (at < text.length) {
      const next = words
        .map((one) => [text.indexOf(one, at), one])
        .filter(([where]) => where >= 0)
        .sort(([one, long], [other, longer]) => one - other || longer.length - long.length)[0];
      if (!next) break;
      const mark = document.createElement("u");
      mark.textContent = next[1];
      lines.append(text.slice(at, next[0]), mark);
      at = next[0] + next[1].length;
    }
    // A last line without words has its height too.
    lines.append(text.slice(at), "\u200b");
    lines.scrollTop = field.scrollTop;
  };
  const drawAll = () => under.forEach((_lines, field) => draw(field));
  blurs.addEventListener("htmx:afterSwap", drawAll);
  drawAll();
})();
