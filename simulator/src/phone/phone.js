"use strict";
(() => {
  const phone = document.querySelector(".phone");
  const choice = document.getElementById("choice");
  const composer = document.getElementById("composer");
  const status = document.getElementById("status");
  document.documentElement.classList.add("scripted");

  choice.addEventListener("change", (event) => {
    // Another platform has other businesses.
    if (event.target.name === "platform") choice.elements.asset.disabled = true;
    choice.submit();
  });
  for (const box of document.querySelectorAll("[data-switch]")) {
    box.addEventListener("change", () => {
      const name = box.dataset.switch;
      const value = name === "duplicates" ? Number(box.checked) : box.checked;
      ask("/_sim/switches", { webhooks: { [name]: value } }, "PATCH");
    });
  }
  if (!composer) return;

  const asset = phone.dataset.asset;
  const customer = phone.dataset.customer;
  const text = composer.elements.text;
  const about = document.getElementById("about");
  let doing = null;

  async function ask(path, body, method = "POST") {
    try {
      const response = await fetch(path, {
        method,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) {
        const problem = await response.json().catch(() => ({}));
        say(problem.error || `That did not work: ${response.status}.`);
      }
      return response.ok;
    } catch {
      say("The simulator does not answer.");
      return false;
    }
  }

  function say(words) {
    status.textContent = words;
    status.classList.remove("hidden");
    setTimeout(() => status.classList.add("hidden"), 5000);
  }

  const send = (content, extra = {}) => ask("/_sim/webhooks/customer", { asset, customer, content, with: extra });

  function start(what, words, value = "") {
    doing = what;
    about.hidden = !what;
    about.firstElementChild.textContent = words;
    text.value = value;
    text.focus();
  }

  composer.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    const now = doing;
    start(null, "");
    if (now && now.edit) await send({ edit: { to: now.edit, text: words } });
    else if (now && now.comment) await send({ comment: { text: words } });
    else await send({ text: words }, now && now.reply ? { reply_to: now.reply } : {});
  });

  const attach = {
    image: () => send({ media: { kind: "image" } }),
    audio: () => send({ media: { kind: "audio" } }),
    sticker: () => send({ media: { kind: "sticker" } }),
    location: () => send({ location: { latitude: 40.4168, longitude: -3.7038, name: "Puerta del Sol" } }),
    comment: () => start({ comment: true }, "Your next words are a comment on the newest post."),
    start: () => send({ postback: { title: "Get Started", payload: "GET_STARTED" } }),
    story: () => send({ attachment: { kind: "story_mention", payload: { url: "https://cdn.example/story" } } }),
  };

  document.getElementById("file").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    close();
    if (!file) return;
    const kind = ["image", "video", "audio"].find((one) => file.type.startsWith(`${one}/`)) || "file";
    const stored = await fetch(`/_sim/phone/file?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "content-type": file.type || "application/octet-stream" },
      body: file,
    }).catch(() => null);
    if (!stored || !stored.ok) return say("The file is too large: 16 MB is the most.");
    send({ media: { kind, media: (await stored.json()).media } });
  });

  const acts = {
    react: (id, button) =>
      send({ reaction: { to: id, emoji: button.getAttribute("aria-pressed") === "true" ? null : button.dataset.emoji } }),
    reply: (id) => start({ reply: id }, "You are replying."),
    edit: (id, button) => start({ edit: id }, "You are editing.", button.dataset.text),
    unsend: (id) => send({ unsend: { to: id } }),
    quick: (_, button) => send({ quick_reply: pressed(button) }),
    postback: (_, button) => send({ postback: pressed(button) }),
    list: (_, button) => send({ list_reply: { id: button.dataset.payload, title: button.dataset.title } }),
    deliver: () => ask("/_sim/webhooks/deliver", {}),
    "never-mind": () => start(null, ""),
  };
  const pressed = (button) => ({ title: button.dataset.title, payload: button.dataset.payload });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!event.target.closest("details.acts, details.attach")) close();
    if (!button) return;
    const line = button.closest(".line");
    const act = acts[button.dataset.act];
    if (act) {
      act(line && line.dataset.id, button);
      close();
    }
    if (button.dataset.attach) {
      attach[button.dataset.attach]();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.acts[open], details.attach[open]");
    close();
    if (open) open.querySelector("summary").focus();
  });

  function close() {
    for (const open of document.querySelectorAll("details.acts[open], details.attach[open]")) open.open = false;
  }

  // Only what differs is touched, so that screen readers hear new messages alone and open details stay open.
  function sync(old, fresh) {
    const kept = new Set();
    let place = old.firstElementChild;
    for (const child of [...fresh.children]) {
      const known = child.id && document.getElementById(child.id);
      let now = child;
      if (known && old.contains(known)) {
        kept.add(known);
        now = known;
        if (!known.isEqualNode(child)) {
          const open = known.querySelector("details[open]");
          now = child;
          if (open && child.querySelector("details")) child.querySelector("details").open = true;
          if (place === known) place = known.nextElementSibling;
          known.replaceWith(child);
        }
      }
      kept.add(now);
      if (now === place) place = place.nextElementSibling;
      else old.insertBefore(now, place);
    }
    for (const child of [...old.children]) if (!kept.has(child)) child.remove();
  }

  const address = `/_sim/phone/part?${new URLSearchParams({ asset, customer })}`;
  let asking = false;
  let again = false;
  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const response = await fetch(address);
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const log = document.getElementById("log");
      const low = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      sync(log, fresh.getElementById("log"));
      if (low) log.scrollTop = log.scrollHeight;
      const presence = fresh.getElementById("presence").textContent;
      const shown = document.getElementById("presence");
      if (shown.textContent !== presence) shown.textContent = presence;
      const [trace, newer] = [document, fresh].map((one) => one.getElementById("trace"));
      const lines = trace.querySelector(".lines");
      sync(lines, newer.querySelector(".lines"));
      newer.querySelector(".lines").replaceWith(lines);
      trace.replaceChildren(...newer.children);
      seen();
      // The sign ends by itself, without an event.
      if (presence.includes("typing")) setTimeout(refresh, 5000);
    } catch {
      // The stream opens again by itself, and then this is asked again.
    }
    asking = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  function seen() {
    if (document.visibilityState === "visible" && document.querySelector(".line[data-unread]")) send("seen");
  }
  document.addEventListener("visibilitychange", seen);

  const log = document.getElementById("log");
  log.scrollTop = log.scrollHeight;
  new EventSource("/_sim/phone/live").addEventListener("message", refresh);
})();
