// Words selected in a contribution go along when one presses Answer or Quote there.
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".c .actions a[href*='/answers']");
    if (!link) return;
    const selection = getSelection();
    const words = link.closest(".c").querySelector(".words");
    if (selection.isCollapsed || !words.contains(selection.getRangeAt(0).startContainer)) return;
    // Three clicks select a paragraph and the place where the next begins, outside these words after the last.
    const range = selection.getRangeAt(0).cloneRange();
    if (!words.contains(range.endContainer)) {
      if (range.endOffset > 0) return;
      range.setEnd(words, words.childNodes.length);
    }
    selection.removeAllRanges();
    selection.addRange(range);
    const chosen = selection.toString().trim();
    if (!chosen) return;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // Replies under a paragraph, and the ways to answer it, are not part of its words.
    const said = before.cloneContents();
    said.querySelectorAll(".group, .here").forEach((one) => one.remove());
    const address = new URL(link.href);
    address.searchParams.set("words", chosen);
    address.searchParams.set("n", String(said.textContent.split(chosen).length - 1));
    link.href = address.href;
  }, true);
})();
