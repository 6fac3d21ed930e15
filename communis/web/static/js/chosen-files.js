// Pictures and files are kept with the draft as soon as they are chosen, pasted or dropped: one after another, each
// with its progress and its own fault. The thumbnail is drawn on a canvas, so the content policy allows nothing more.
(() => {
  const form = document.getElementById("compose");
  const attach = document.getElementById("attach");
  if (!form || !attach) return;
  const words = attach.dataset;
  const chosen = document.getElementById("chosen");
  const travelling = document.getElementById("travelling");
  const news = document.getElementById("file-news");
  const holding = document.getElementById("holding");
  const pattern = document.getElementById("travelling-file").content.firstElementChild;
  // Those that have not come yet: waiting, travelling, broken (can be tried again) or refused (cannot).
  const all = new Set();

  const thumbnail = async (file, canvas) => {
    try {
      const picture = await createImageBitmap(file, { resizeWidth: 160, resizeQuality: "medium" });
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      canvas.hidden = false;
    } catch {
      canvas.remove();
    }
  };

  const say = (one, state, fault) => {
    one.state = state;
    const line = one.row.querySelector(".fault");
    line.textContent = fault;
    line.hidden = !fault;
    one.row.querySelector("progress").hidden = state === "refused" || state === "broken";
    one.row.querySelector(".again").hidden = state !== "broken";
  };

  const leave = (one) => {
    all.delete(one);
    one.row.remove();
  };

  const begin = (file) => {
    const one = { file, row: pattern.cloneNode(true), state: "waiting" };
    const away = one.row.querySelector(".away");
    one.row.querySelector(".file-name").textContent = file.name;
    away.setAttribute("aria-label", `${away.textContent} ${file.name}`);
    away.addEventListener("click", () => { one.request?.abort(); leave(one); document.getElementById("files").focus(); });
    one.row.querySelector(".again").addEventListener("click", () => { say(one, "waiting", ""); travel(); });
    travelling.append(one.row);
    all.add(one);
    if (file.size > Number(words.most)) say(one, "refused", words.tooLarge);
    else thumbnail(file, one.row.querySelector("canvas"));
  };

  const arrived = (one, html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    const fields = made.content.firstElementChild;
    leave(one);
    // The same picture once more is the one that is there.
    if (!document.getElementById(fields.id)) chosen.append(fields);
    news.textContent = `${words.kept} ${one.file.name}`;
  };

  const send = (one) => new Promise((done) => {
    say(one, "travelling", "");
    const fields = new FormData(form);
    // As draft.js: what the adviser is told is kept nowhere.
    for (const name of ["files", "believes", "urgent"]) fields.delete(name);
    fields.append("files", one.file, one.file.name);
    const request = one.request = new XMLHttpRequest();
    request.open("POST", words.address);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) one.row.querySelector("progress").value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) arrived(one, request.responseText);
      else if (request.status === 403) say(one, "refused", words.signedOut);
      else if (request.status < 500) say(one, "refused", request.responseText.replace(`${one.file.name}: `, ""));
      else say(one, "broken", words.fault);
    });
    request.addEventListener("error", () => say(one, "broken", navigator.onLine ? words.fault : words.offline));
    request.addEventListener("loadend", done);
    request.send(fields);
  });

  let travels = false;
  const travel = async () => {
    if (travels) return;
    travels = true;
    const next = () => [...all].find((one) => one.state === "waiting");
    for (let one = next(); one; one = next()) await send(one);
    travels = false;
    goOn();
  };

  const take = (files) => {
    attach.open = true;
    for (const file of files) begin(file);
    travel();
  };

  // Sending waits for what is on its way, and stops at what did not come: nothing goes without its picture.
  let held = null;
  const goOn = () => {
    const button = held;
    held = null;
    if (!button) return;
    holding.textContent = "";
    if (all.size === 0) form.requestSubmit(button);
    else {
      holding.textContent = words.held;
      travelling.querySelector("button:not([hidden])").focus();
    }
  };
  form.addEventListener("submit", (event) => {
    const open = [...all].filter((one) => one.state !== "refused");
    // What cannot be taken has said so; whoever presses again sends without it.
    if (open.length === 0 || !navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.submitter;
    holding.textContent = words.hold;
    for (const one of open) if (one.state === "broken") say(one, "waiting", "");
    travel();
  }, true);

  for (const input of attach.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  form.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    // A table or a text from another program carries a picture of itself as well: there the words are meant.
    if (files.length === 0 || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  // Anywhere on the page: a file dropped beside the form would else be opened in place of what one writes.
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.remove("dropping");
    take([...event.dataTransfer.files]);
  });

  attach.querySelector(".by-script").hidden = false;
  attach.querySelector(".add").hidden = true;
})();
