// Words selected in a contribution go along when one presses Answer or Quote there.
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".c .actions a[href*='/answers']");
    if (!link) return;
    const selection = getSelection();
    const words = link.closest(".c").querySelector(".words");
    if (selection.isCollapsed || !words.contains(selection.anchorNode) || !words.contains(selection.focusNode)) return;
    const chosen = selection.toString().trim();
    if (!chosen) return;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
    // Replies moved in under a paragraph are not part of its words.
    const said = before.cloneContents();
    said.querySelectorAll(".group").forEach((group) => group.remove());
    const address = new URL(link.href);
    address.searchParams.set("words", chosen);
    address.searchParams.set("n", String(said.textContent.split(chosen).length - 1));
    link.href = address.href;
  }, true);
})();
