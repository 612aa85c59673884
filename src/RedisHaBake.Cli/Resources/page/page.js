
"use strict";
(() => {
  // A node may be called as something that every object has: "constructor" is a host name. Looked up by name, only what was given is found.
  const bare = value => value !== null && typeof value === "object" && !Array.isArray(value) ? Object.setPrototypeOf(value, null) : value;
  const parsed = json => JSON.parse(json, (_, value) => bare(value));
  const data = parsed(document.getElementById("data").textContent);
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const grouped = n => n.toLocaleString("en-US");

  // What survives a reload: check marks, addresses, and for which addresses a text was copied. Never a text. A browser may refuse to keep
  // anything; the page works all the same.
  const key = "redishabake:" + data.id;
  const kept = { ...parsed('{"done":{},"typed":{},"copied":{}}'), ...(() => { try { return parsed(localStorage.getItem(key)); } catch { return null; } })() };
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* not kept */ } };

  // Addresses that come later. What is wrong with one, and the words for it, come from the generator's own rules; see LateRules.
  const fields = all("[data-field]");
  const typed = bare({});
  const [network, prefix] = data.cidr.split("/");
  const toNumber = address => address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
  const isAddress = text => /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?=.)|$)){4}$/.test(text);
  const isInside = address => { const offset = toNumber(address) - toNumber(network); return offset >= 0 && offset < 2 ** (32 - prefix); };
  const shown = text => (text.length > 80 ? text.slice(0, 80) + "..." : text).replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "?");

  function problemsOf(name) {
    const text = typed[name];
    if (!text) return [];
    const rules = data.rules[name];
    const met = isAddress(text) && (rules.taken[text] ?? (isInside(text) ? rules.free : rules.outside));
    // Beside other fields with the same address: a rule that one of them silences is silent.
    const lists = !met ? [rules.format] : Object.keys(data.rules).filter(other => other !== name && typed[other] === text).map(other => met.same[other] ?? met.alone);
    const has = (list, problem) => list.some(other => other.code === problem.code);
    const found = lists.length === 0 ? met.alone : lists.flat().filter(problem => !met || !has(met.alone, problem) || lists.every(list => has(list, problem)));
    const once = found.filter((problem, i) => found.findIndex(other => other.code === problem.code) === i);
    const put = words => words.replaceAll("{}", () => shown(text));
    return once.map(problem => ({ code: problem.code, title: put(problem.title), expected: put(problem.expected), action: put(problem.action) }));
  }

  const sentenceOf = problem => `${problem.title}; ${problem.expected}. To do: ${problem.action}.`;
  const isError = problem => problem.code.startsWith("E");
  const firstError = () => fields.flatMap(field => problemsOf(field.dataset.field)).find(isError);
  const addresses = () => bare(Object.fromEntries(Object.entries(typed).filter(([name, text]) => text && !problemsOf(name).some(isError))));

  // The text of a node, part by part: {text, secret, late}.
  function partsOf(node, known = addresses()) {
    const given = ["addresses.write", "addresses.read"].filter(name => known[name]);
    const variant = data.texts[node].find(text => text.given === null || text.given.join() === given.join());
    return variant.parts.map(part => typeof part === "string" ? { text: part }
      : part.secret !== undefined ? { text: part.secret, secret: true }
      : part.known !== undefined ? { text: "{" + part.known.filter(name => known[name]).map(name => `"${name}":"${known[name]}"`).join(", ") + "}", late: true }
      : { text: known[part.extra] ?? part.until, late: true });
  }

  // The VM through which this one installs, while its address is not known: then the text is of no use.
  const lackingOf = node => { const via = data.lacking[node]; return via && !addresses()[via] ? via : null; };
  const lackingSentence = (node, via) => `${node} installs through ${via}. Type the address of ${via}, in its step, before you copy this.`;

  const textOf = node => partsOf(node).map(part => part.text).join("");
  const lateOf = node => partsOf(node).filter(part => part.late).map(part => part.text).join(" ");

  function say(place, sentence, wrong = false) {
    const line = place.querySelector(".said");
    line.classList.toggle("wrong", wrong);
    line.textContent = sentence;
  }

  function showProgress() {
    const boxes = all("[data-step]");
    for (const box of boxes) box.closest(".step").classList.toggle("is-done", box.checked);
    document.getElementById("progress").textContent = `${boxes.filter(box => box.checked).length} of ${boxes.length} done`;
  }

  function showSize(place) {
    const bytes = new TextEncoder().encode(textOf(place.dataset.text)).length;
    place.querySelector("[data-bytes]").textContent = grouped(bytes);
    place.querySelector("[data-verdict]").textContent = bytes <= data.limit ? `, fits ${data.provider}` : `, ${grouped(bytes - data.limit)} too many for ${data.provider}`;
    for (const row of all("[data-limit]", place)) {
      const limit = Number(row.dataset.limit);
      row.querySelector("meter").value = bytes;
      row.querySelector("[data-share]").textContent = bytes > limit ? `${grouped(bytes - limit)} too many` : `${Math.round(100 * bytes / limit)} %`;
      row.classList.toggle("full", bytes > limit);
    }
  }

  function showText(place) {
    const open = place.querySelector(".reveal").getAttribute("aria-pressed") === "true";
    place.querySelector("pre").replaceChildren(...partsOf(place.dataset.text).map(part => {
      const element = document.createElement(part.late ? "mark" : "span");
      element.className = part.secret && !open ? "hidden-secret" : "";
      element.textContent = part.secret && !open ? "hidden" : part.text;
      return element;
    }));
  }

  // Which other VM a text names: one that names none is for the first VM only.
  function showKnows(place) {
    const line = place.querySelector(".knows");
    if (!line) return;
    const node = place.dataset.text;
    const known = addresses();
    const others = fields.map(field => field.dataset.field).filter(name => name !== node && known[name] && !name.includes("."));
    const later = Object.keys(data.texts).some(other => other !== node && (kept.done["vm-" + other] || kept.copied[other] !== undefined));
    const changed = kept.copied[node] !== undefined && kept.copied[node] !== lateOf(node);
    line.classList.toggle("wrong", !data.meets && others.length === 0 && later && kept.copied[node] === undefined);
    const via = lackingOf(node);
    if (via) {
      line.classList.add("wrong");
      line.textContent = lackingSentence(node, via);
      return;
    }
    line.textContent = (others.length > 0 ? `It names ${others.map(name => `${name}, ${known[name]}`).join("; ")}.`
      : data.meets ? ""
      : later && kept.copied[node] === undefined ? "It names no other VM. Type the address of one that you created, in its step, before you copy this."
      : "It names no other VM, which is right for the first that you create.")
      + (changed ? " It has changed since you copied it; a VM that runs needs nothing of that." : "");
  }

  function showField(field, whileTyping) {
    const text = typed[field.dataset.field];
    const unfinished = whileTyping && !isAddress(text) && /^[\d.]{0,14}$/.test(text);
    const problems = unfinished ? [] : problemsOf(field.dataset.field);
    const line = document.getElementById(field.id + "-problem");
    const sentences = problems.map(sentenceOf);
    // Put in only where it is another one, so that a screen reader says it once.
    if (line.textContent !== sentences.join("")) {
      line.replaceChildren(...sentences.map(sentence => { const part = document.createElement("span"); part.textContent = sentence; return part; }));
    }
    field.setAttribute("aria-invalid", String(problems.some(isError)));
  }

  function refresh(typing = null) {
    const known = addresses();
    for (const field of fields) showField(field, field === typing);
    for (const place of all("[data-late]")) place.textContent = known[place.dataset.late] ? known[place.dataset.late] + place.dataset.after : place.dataset.unknown;
    for (const place of all("[data-text]")) {
      showSize(place);
      showText(place);
      showKnows(place);
      place.querySelector(".copy").setAttribute("aria-disabled", String(firstError() !== undefined || lackingOf(place.dataset.text) !== null));
    }
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

  function copied(node) {
    kept.copied[node] = lateOf(node);
    keep();
    all("[data-text]").forEach(showKnows);
  }

  for (const box of all("[data-step]")) {
    box.checked = kept.done[box.dataset.step] === true;
    box.addEventListener("change", () => { kept.done[box.dataset.step] = box.checked; keep(); showProgress(); all("[data-text]").forEach(showKnows); });
  }

  for (const field of fields) {
    const { field: name, known } = field.dataset;
    // What a later run of the generator knows is newer than what was typed before it.
    if (kept.typed[name]?.over === known) field.value = kept.typed[name].text;
    typed[name] = field.value.trim();
    field.addEventListener("input", () => {
      typed[name] = field.value.trim();
      kept.typed[name] = { text: typed[name], over: known };
      keep();
      refresh(field);
    });
    field.addEventListener("blur", () => refresh());
  }

  for (const place of all("[data-text]")) {
    const node = place.dataset.text;
    const pre = place.querySelector("pre");
    const button = place.querySelector(".copy");
    button.addEventListener("click", async () => {
      say(place, ""); // so that the same sentence is heard again
      const error = firstError();
      if (error) return say(place, "Not copied: " + sentenceOf(error), true);
      const via = lackingOf(node);
      if (via) return say(place, "Not copied: " + lackingSentence(node, via), true);
      const text = textOf(node);
      const done = await copy(text);
      button.focus();
      if (done) copied(node);
      say(place, done ? `Copied, ${grouped(new TextEncoder().encode(text).length)} bytes. Paste it into the user-data of ${node}.` : "This browser lets no page copy. Show the text with its secrets, and copy it by hand.", !done);
    });
    const reveal = place.querySelector(".reveal");
    reveal.addEventListener("click", () => {
      const open = reveal.getAttribute("aria-pressed") !== "true";
      reveal.setAttribute("aria-pressed", String(open));
      showText(place);
    });
    // Whoever marks the text and copies by hand must not paste a word where a password belongs, nor a text that lacks a mistyped address.
    pre.addEventListener("copy", event => {
      const via = lackingOf(node);
      if (via) {
        event.preventDefault();
        return say(place, "Not copied: " + lackingSentence(node, via), true);
      }
      const error = firstError();
      if (error) {
        event.preventDefault();
        return say(place, "Not copied: " + sentenceOf(error), true);
      }
      if (!pre.querySelector(".hidden-secret")) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", textOf(node));
      copied(node);
      say(place, `Copied the whole text of ${node}, its secrets included.`);
    });
  }

  // Paper cannot be unfolded. The texts stay folded: they are no use on it.
  const folded = () => all("details:not([open], .text, .sizes)");
  let unfolded = [];
  addEventListener("beforeprint", () => { unfolded = folded(); for (const part of unfolded) part.open = true; });
  addEventListener("afterprint", () => { for (const part of unfolded) part.open = false; unfolded = []; });

  showProgress();
  refresh();
})();
