// Keeps sentence and button true to whoever is ticked or chosen. The server has written all the words.
(() => {
  const form = document.getElementById("compose");
  const audiences = document.getElementById("audiences");
  if (!form || !audiences) return;
  const row = (name) => audiences.querySelector(`.audience[data-audience="${name}"]`);
  const say = (name, label, sentence, button) => {
    row(name).querySelector(".label").textContent = label;
    form.querySelector(`.sentence .for[data-audience="${name}"]`).textContent = sentence;
    form.querySelector(`.send .main .for[data-audience="${name}"]`).textContent = button;
  };
  const joined = (names, and) => names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + and + names.at(-1);
  const persons = () => {
    const picker = document.getElementById("pick-persons");
    if (!picker) return;
    const ticked = [...picker.querySelectorAll("input:checked")];
    const ids = ticked.map((one) => one.value).sort().join(",");
    if (ids === form.elements.said_persons.value) return;
    form.elements.said_persons.value = ids;
    if (!ticked.length) { say("direct", ...generic); return; }
    const whole = ticked.map((one) => one.dataset.name).sort((a, b) => a.localeCompare(b));
    const first = whole.map((name) => name.split(" ")[0]);
    const short = new Set(first).size === first.length ? first : whole;
    const fill = (words) => words.replaceAll("{whole}", joined(whole, picker.dataset.and)).replaceAll("{names}", joined(short, picker.dataset.and));
    say("direct", fill(picker.dataset.label), fill(ticked.length > 1 ? picker.dataset.more : picker.dataset.one), fill(picker.dataset.button));
  };
  const picker = document.getElementById("pick-persons");
  const generic = picker ? [picker.dataset.anyLabel, picker.dataset.anySentence, picker.dataset.anyButton] : [];
  const circle = () => {
    const select = form.elements.circle;
    if (!select || select.value === form.elements.said_circle.value) return;
    form.elements.said_circle.value = select.value;
    const chosen = select.selectedOptions[0];
    if (select.value) say("circle", chosen.dataset.label, chosen.dataset.sentence, chosen.dataset.button);
    else say("circle", select.dataset.label, select.dataset.sentence, select.dataset.button);
    const border = document.getElementById("border-circle");
    if (border) border.textContent = chosen.dataset.border ?? "";
  };
  const choose = (name) => {
    const radio = row(name)?.querySelector("input[name=audience]");
    if (radio) radio.checked = true;
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === "persons" && event.target.checked) choose("direct");
    if (event.target.name === "circle" && event.target.value) choose("circle");
    persons();
    circle();
  });
})();
