// Replies to certain words stand under their paragraph. Where there is a margin they stand there, level with the words.
// Not deferred: the style sheet holds them back in a wide window until they are there, and only once this has run.
(() => {
  const wide = matchMedia("(min-width: 56.25rem)");
  document.documentElement.classList.add("margins");

  const start = () => {
    const beside = document.querySelector(".beside");
    const head = document.querySelector(".conversation > .c.d0 > .words");
    if (!beside || !head) return;
    const groups = [...document.querySelectorAll(".conversation .group")];
    // Where each stands in the text, to go back there.
    const homes = new Map(groups.map((group) => {
      const home = document.createComment("");
      group.before(home);
      return [group, home];
    }));
    const marks = [...head.querySelectorAll("mark")];
    const marked = (group) => marks.find((mark) => mark.dataset.anchor.split(" ").includes(group.dataset.anchor));
    const place = () => {
      for (const group of groups) group.style.marginBlockStart = "";
      if (!wide.matches) {
        for (const [group, home] of homes) if (group.previousSibling !== home) home.after(group);
        return;
      }
      beside.append(...groups);
      for (const group of groups) {
        const mark = marked(group);
        const gap = mark ? mark.getBoundingClientRect().top - group.getBoundingClientRect().top : 0;
        if (gap > 0) group.style.marginBlockStart = `${gap}px`;
      }
    };
    wide.addEventListener("change", place);
    document.fonts.ready.then(place);
    place();
    // What the address asks for was held back when the browser looked for it.
    const asked = document.getElementById(location.hash.slice(1));
    if (asked?.closest(".beside")) asked.scrollIntoView();
  };

  // As soon as what follows them is there, and so before anything below them is first seen.
  const watch = new MutationObserver(() => { if (document.querySelector(".conversation > .thread")) begin(); });
  let begun = false;
  const begin = () => {
    watch.disconnect();
    if (!begun) start();
    begun = true;
  };
  watch.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", begin);
})();
