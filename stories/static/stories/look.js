// A look that was asked for is waited for: what it found takes the place of “looking”, and so do the facts that it
// changed. Without this script a link of the page asks.
(() => {
  "use strict";

  const PAUSE_MS = 1000;
  const LONGEST_MS = 600000;
  const parsed = async (address) => {
    const answer = await fetch(address, { redirect: "manual" });
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const renewFacts = async () => {
    const page = await parsed(location.href);
    for (const part of document.querySelectorAll("[data-fact]")) {
      const fresh = page.querySelector(`[data-fact="${part.dataset.fact}"]`);
      if (fresh) part.replaceWith(fresh);
    }
    for (const fresh of page.querySelectorAll("[data-fact]")) {
      // What there was nothing of before: the first copy, the first picture.
      if (!document.querySelector(`[data-fact="${fresh.dataset.fact}"]`)) document.querySelector("main").append(fresh);
    }
  };

  const wait = async (look, until) => {
    if (Date.now() > until) return;
    try {
      const fresh = (await parsed(look.dataset.look)).querySelector("[data-look]");
      if (!fresh) return;
      // Said again only where there is something else to say: it is read aloud.
      if (fresh.dataset.onItsWay !== look.dataset.onItsWay) {
        look.dataset.onItsWay = fresh.dataset.onItsWay;
        look.replaceChildren(...fresh.childNodes);
      }
      if (!("onItsWay" in fresh.dataset)) {
        look.classList.remove("look--on-its-way");
        await renewFacts();
        return;
      }
    } catch {
      // A server that is away for a moment is asked again.
    }
    setTimeout(wait, PAUSE_MS, look, until);
  };

  const look = document.querySelector("[data-on-its-way]");
  if (look) wait(look, Date.now() + LONGEST_MS);
})();
