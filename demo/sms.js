// The demo's phone: shows the SMS the proxy's demo inbox holds, and copies what is tapped.
// Knows nothing of the restaurant's page; a real site has no such thing.

const POLL_MS = 1000;

const inbox = document.querySelector("[data-inbox]");
const copied = document.querySelector("[data-copied]");
const banner = document.querySelector("[data-banner]");
const time = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });

let shown; // the inbox as last shown, to leave the page alone while nothing changes
let newest; // the newest message's key, to tell a new one from those already there
let hiding;

/** A Russian phone grouped for reading; any other as it is. */
function readable(phone) {
  return phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, "+7 $1 $2-$3-$4");
}

function message({ phone, text, code, sent_at }) {
  const item = document.createElement("li");
  const head = document.createElement("p");
  head.className = "sms-head";
  const to = document.createElement("span");
  to.textContent = `Для ${readable(phone)}`;
  const sent = document.createElement("time");
  sent.dateTime = sent_at;
  sent.textContent = time.format(new Date(sent_at));
  head.append(to, sent);
  const body = document.createElement("p");
  body.className = "sms-body";
  body.textContent = text;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy sms-code";
  copy.dataset.copy = code;
  copy.setAttribute("aria-label", `Скопировать код ${code}`);
  copy.textContent = code;
  item.append(head, body, copy);
  return item;
}

function note(text) {
  const item = document.createElement("li");
  item.className = "sms-note";
  item.textContent = text;
  return item;
}

function show(messages) {
  inbox.replaceChildren(...(messages.length ? messages.map(message) : [note(inbox.dataset.empty)]));
}

/** A phone too far down the page is no help: the newest message is announced at the window's edge as well. */
function announce({ code, text }) {
  if (!banner) return;
  const label = document.createElement("span");
  label.className = "banner-label";
  label.textContent = "Часть демонстрации: новое SMS";
  const press = document.createElement("span");
  press.className = "visually-hidden";
  press.textContent = " Нажмите, чтобы скопировать код.";
  banner.replaceChildren(label, text, press);
  banner.dataset.copy = code;
  banner.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (banner.hidden = true), 20_000);
}

async function look() {
  try {
    const answer = await fetch("/demo/sms.json", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const text = await answer.text();
    if (text !== shown) {
      const messages = JSON.parse(text);
      show(messages);
      const key = messages[0] && `${messages[0].sent_at} ${messages[0].phone} ${messages[0].code}`;
      if (newest !== undefined && key && key !== newest) announce(messages[0]);
      newest = key ?? "";
      shown = text;
    }
  } catch {
    // What is shown stays: a code that has arrived is not taken back by a lost network.
    if (!inbox.children.length) inbox.replaceChildren(note("Нет связи с демонстрацией. Пробуем снова…"));
  }
  setTimeout(look, POLL_MS);
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    if (copied) copied.textContent = `Скопировано: ${text}`;
  } catch {
    if (copied) copied.textContent = `Не удалось скопировать. Введите вручную: ${text}`;
  }
  if (button === banner) banner.hidden = true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
});

look();
