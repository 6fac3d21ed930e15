// The button sums up what is chosen: "Answer: two yes, one no". Without this script it says "Answer".
(() => {
  const form = document.getElementById("answers");
  const button = form && form.querySelector("[data-sum]");
  if (!button) return;
  const { sum, yes, no, numbers } = button.dataset;
  const inWords = numbers.split(" ");
  const many = (count, what) => (count ? [`${inWords[count - 1] ?? count} ${what}`] : []);
  const sumUp = () => {
    const chosen = [...form.querySelectorAll('input[type="radio"]:checked')];
    const noes = chosen.filter((radio) => radio.value === "no").length;
    const said = [...many(chosen.length - noes, yes), ...many(noes, no)];
    button.textContent = sum.replace("SUM", said.join(", "));
  };
  form.addEventListener("change", sumUp);
  sumUp();
})();
