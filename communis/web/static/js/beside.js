// Replies to certain words: level with those words where there is a margin, else right under their paragraph.
(() => {
  const beside = document.querySelector(".beside");
  const head = document.querySelector(".conversation > .c.d0 > .words");
  if (!beside || !head) return;
  const groups = [...beside.querySelectorAll(".group")];
  const wide = matchMedia("(min-width: 56.25rem)");
  const marked = (group) => [...head.querySelectorAll("mark")].find((mark) => mark.dataset.anchor.split(" ").includes(group.dataset.anchor));
  const block = (mark) => {
    let one = mark;
    while (one.parentElement !== head) one = one.parentElement;
    return one;
  };
  const last = head.lastElementChild;
  const place = () => {
    if (!wide.matches) {
      for (const group of groups) {
        const mark = marked(group);
        group.style.marginBlockStart = "";
        if (!mark) continue;
        let after = block(mark);
        // Under the last paragraph comes the byline first; there they stand already.
        if (after === last) continue;
        while (after.nextElementSibling?.matches(".group")) after = after.nextElementSibling;
        after.after(group);
      }
      return;
    }
    beside.append(...groups);
    for (const group of groups) group.style.marginBlockStart = "";
    for (const group of groups) {
      const mark = marked(group);
      const gap = mark ? mark.getBoundingClientRect().top - group.getBoundingClientRect().top : 0;
      if (gap > 0) group.style.marginBlockStart = `${gap}px`;
    }
  };
  wide.addEventListener("change", place);
  document.fonts.ready.then(place);
  place();
})();
