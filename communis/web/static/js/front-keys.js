// Keyboard on the front page: c leaves a thought, g q the questions.
(() => {
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const thought = document.getElementById("thought");
    const questions = document.querySelector("a[href='/questions']");
    if (event.key === "c" && thought) { event.preventDefault(); thought.focus(); }
    if (event.key === "q" && before === "g" && questions) location.href = questions.href;
    before = event.key;
  });
})();
