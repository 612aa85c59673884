
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const number = n => n.toLocaleString("en-US");

  // What survives a reload: check marks and addresses. Never a text. A browser may refuse to keep anything; the page works all the same.
  const key = "redishabake:" + data.id;
  const kept = { done: {}, ...(() => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } })() };
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* private mode */ } };

  const textOf = node => data.texts[node].map(p => p.secret ?? p).join("");

  function showProgress() {
    const boxes = all("[data-step]");
    for (const box of boxes) box.closest(".step").classList.toggle("is-done", box.checked);
    document.getElementById("progress").textContent = `${boxes.filter(b => b.checked).length} of ${boxes.length} done`;
  }

  for (const box of all("[data-step]")) {
    box.checked = kept.done[box.dataset.step] === true;
    box.addEventListener("change", () => { kept.done[box.dataset.step] = box.checked; keep(); showProgress(); });
  }

  function say(place, sentence, wrong = false) {
    const line = place.querySelector(".said");
    line.classList.toggle("wrong", wrong);
    line.textContent = sentence;
  }

  function showSize(place) {
    const bytes = new TextEncoder().encode(textOf(place.dataset.text)).length;
    const free = data.limit - bytes;
    place.querySelector("[data-bytes]").textContent = number(bytes);
    place.querySelector("[data-verdict]").textContent = free >= 0 ? `, fits ${data.provider}` : `, ${number(-free)} too many for ${data.provider}`;
    for (const row of all("[data-limit]", place)) {
      const limit = Number(row.dataset.limit);
      row.querySelector("meter").value = bytes;
      row.querySelector("[data-share]").textContent = bytes > limit ? `${number(bytes - limit)} too many` : `${Math.round(100 * bytes / limit)} %`;
      row.classList.toggle("full", bytes > limit);
    }
  }

  function showText(place) {
    const shown = place.querySelector(".reveal").getAttribute("aria-pressed") === "true";
    place.querySelector("pre").replaceChildren(...data.texts[place.dataset.text].map(piece => {
      if (piece.secret === undefined) return document.createTextNode(piece);
      if (shown) return document.createTextNode(piece.secret);
      const mask = document.createElement("span");
      mask.className = "hidden-secret";
      mask.textContent = "hidden";
      return mask;
    }));
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // An old browser, or one that trusts no file: the way that was there before.
      const area = document.createElement("textarea");
      area.value = text;
      area.setAttribute("aria-hidden", "true");
      area.style.position = "fixed";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  for (const place of all("[data-text]")) {
    const node = place.dataset.text;
    const pre = place.querySelector("pre");
    const button = place.querySelector(".copy");
    button.addEventListener("click", async () => {
      const text = textOf(node);
      const done = await copy(text);
      button.focus();
      say(place, done ? `Copied, ${number(text.length)} bytes. Paste it into the user-data of ${node}.` : `This browser lets no page copy. Open ${node}.user-data beside this file and copy it there.`, !done);
    });
    place.querySelector(".reveal").addEventListener("click", event => {
      const shown = event.target.getAttribute("aria-pressed") !== "true";
      event.target.setAttribute("aria-pressed", String(shown));
      event.target.textContent = shown ? "Hide its secrets" : "Show its secrets";
      showText(place);
    });
    // Whoever marks the text and copies by hand must not paste a word where a password belongs.
    pre.addEventListener("copy", event => {
      if (!pre.querySelector(".hidden-secret")) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", textOf(node));
      say(place, `Copied the whole text of ${node}, its secrets included.`);
    });
    showSize(place);
    showText(place);
  }

  showProgress();
})();
