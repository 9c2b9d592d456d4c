// While a story is open, says so every few seconds, and tells who else has it open and whether somebody saved.
(() => {
  "use strict";

  const BEAT_MS = 20000;

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".nr-presence");
    const form = box?.closest("form");
    if (!form) return;
    const beat = () => ask(box, form);
    setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", () => document.hidden || beat());
    window.addEventListener("pageshow", (event) => event.persisted && beat());
    window.addEventListener("pagehide", () => {
      const farewell = said(form);
      farewell.set("leaving", "1");
      navigator.sendBeacon(box.dataset.presence, farewell);
    });
    beat();
  });

  function said(form) {
    const words = new FormData();
    for (const name of ["csrfmiddlewaretoken", "seen"]) words.set(name, form.elements.namedItem(name)?.value ?? "");
    words.set("writing", form.dataset.isTyped ?? "");
    return words;
  }

  function tell(box, form) {
    return fetch(box.dataset.presence, { method: "POST", body: said(form), redirect: "manual" });
  }

  // Who signed in again in another tab was given a new token there; what is open here is saved with it.
  async function takeNewToken() {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token || personOf(page) !== personOf(document)) return false;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    return true;
  }

  function personOf(page) {
    return page.querySelector(".nr-kept")?.dataset.person;
  }

  async function ask(box, form) {
    try {
      let answer = await tell(box, form);
      if (answer.status === 403 && (await takeNewToken())) answer = await tell(box, form);
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        show(box, [box.dataset.signedOut]);
      } else if (answer.ok) {
        const { there, saved } = await answer.json();
        show(box, saved ? [saved, ...there] : there);
      }
    } catch {
      show(box, [box.dataset.unreachable]);
    }
  }

  function show(box, sentences) {
    if (box.dataset.shown === sentences.join("\n")) return;
    box.dataset.shown = sentences.join("\n");
    box.hidden = !sentences.length;
    box.replaceChildren(
      ...sentences.map((each) => Object.assign(document.createElement("p"), { textContent: each })),
    );
  }
})();
