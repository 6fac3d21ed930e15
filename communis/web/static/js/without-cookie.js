// Forms of what is written and read behind the scenes: sent without a cookie, so that the server never gets one here.
// Without JavaScript the same forms are sent as they are, and the outermost layer of the server drops the cookie.
(() => {
  const KEPT = "behind-the-scenes";
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    document.getElementById("main").replaceWith(page.getElementById("main"));
    ready();
    document.getElementById("main").focus();
    scrollTo(0, 0);
  };
  const ready = () => {
    const print_ = document.getElementById("print");
    if (print_) print_.hidden = false;
    const text = document.querySelector("[data-keeps-words] textarea");
    if (!text) return;
    // In this tab alone, and gone with it: a slip of the thumb must not cost the words.
    if (!text.value) text.value = sessionStorage.getItem(KEPT) || "";
    text.addEventListener("input", () => sessionStorage.setItem(KEPT, text.value));
  };
  const send = async (form, button) => {
    const receipt = form.elements.receipt;
    // Made once a form: sent again after a fault of the network it is the same.
    if (receipt && !receipt.value) receipt.value = newReceiptCode();
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    const headers = { "Accept-Language": document.documentElement.lang };
    const sent = { method: "POST", body: fields, headers, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
    const answer = await fetch(form.action, sent);
    const html = await answer.text();
    if (!html.includes('id="main"')) throw new Error("no page");
    show(html);
    if (form.matches("[data-keeps-words]") && document.querySelector(".receipt")) sessionStorage.removeItem(KEPT);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-without-cookie]")) return;
    event.preventDefault();
    const button = event.submitter;
    const sending = send(form, button);
    if (button) button.disabled = true;
    sending.catch(() => {
      const fault = document.getElementById("not-sent");
      if (fault) fault.hidden = false;
      if (fault) fault.scrollIntoView();
    }).finally(() => {
      if (button) button.disabled = false;
    });
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "print") print();
  });
  ready();
})();
