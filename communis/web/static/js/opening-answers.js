// The button sums up what is chosen: "Answer: 2 yes, 1 no". Without this script it says "Answer".
(() => {
  const form = document.getElementById("answers");
  const button = form && form.querySelector("[data-sum]");
  if (!button) return;
  const sum = () => {
    const chosen = [...form.querySelectorAll('input[type="radio"]:checked')];
    const no = chosen.filter((radio) => radio.value === "no").length;
    button.textContent = button.dataset.sum.replace("YES", chosen.length - no).replace("NO", no);
  };
  form.addEventListener("change", sum);
  sum();
})();
