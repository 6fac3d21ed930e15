// What helps while one writes is not asked for without a network: the words are held by draft.js alone then.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!navigator.onLine && event.target.matches("#similar, #reading, #blurs")) event.preventDefault();
});
