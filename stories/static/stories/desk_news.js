// New alerts appear on an open page of the desk: it asks every few seconds, cheaply. Without this script a reload tells.
(() => {
  "use strict";

  const SECONDS = 15;
  const MOST_SECONDS = 300;
  const bar = document.getElementById("news");
  if (!bar) return;

  const title = document.title;
  const told = bar.querySelector("[data-news-told]");
  const acts = bar.querySelector(".news__acts");
  let mark = bar.dataset.mark;
  let tag = "";
  let seconds = SECONDS;
  let timer;

  function askLater() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, seconds * 1000);
  }

  async function ask() {
    const question = new URLSearchParams({ whose: bar.dataset.whose, since: mark });
    try {
      // Where nothing is new since that tag the answer is an empty 304. No page of the desk is kept by the browser.
      const response = await fetch(`${bar.dataset.news}?${question}`, { headers: { "If-None-Match": tag }, redirect: "error" });
      if (!response.ok && response.status !== 304) throw new Error(String(response.status));
      if (response.ok) show(await response.text());
      tag = response.headers.get("ETag") ?? "";
      seconds = SECONDS;
    } catch {
      seconds = Math.min(seconds * 2, MOST_SECONDS);
    }
    askLater();
  }

  function show(html) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-mark]");
    if (!found) return;
    if (!mark) mark = found.dataset.mark;
    const count = Number(found.dataset.count);
    if (!count || found.isEqualNode(told.firstElementChild)) return;
    told.replaceChildren(found);
    acts.hidden = false;
    bar.classList.add("news--told");
    document.title = `(${count}) ${title}`;
  }

  // The list itself comes anew in place: what is selected and typed stays.
  async function refresh() {
    if (!document.querySelector("[data-refresh]")) {
      location.assign(bar.dataset.inbox);
      return;
    }
    const response = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || !page.querySelector("[data-refresh]")) {
      location.reload();
      return;
    }
    for (const part of document.querySelectorAll("[data-refresh]")) {
      const fresh = page.querySelector(`[data-refresh="${part.dataset.refresh}"]`);
      keepWhatWasDone(part, fresh);
      part.replaceWith(fresh);
    }
    dismiss(page.getElementById("news").dataset.mark);
    document.dispatchEvent(new Event("desk:refreshed"));
    document.querySelector(".alert-row.is-new h2 a, .alert-row h2 a")?.focus();
  }

  function keepWhatWasDone(before, after) {
    const known = new Map([...before.querySelectorAll(".alert-row__pick input")].map((box) => [box.value, box]));
    for (const box of after.querySelectorAll(".alert-row__pick input")) {
      box.checked = known.get(box.value)?.checked ?? false;
      box.closest(".alert-row").classList.toggle("is-new", !known.has(box.value));
    }
    const [old, now] = [before, after].map((part) => part.querySelector("#bulk-note"));
    if (old && now) now.value = old.value;
  }

  function dismiss(newMark) {
    mark = newMark;
    told.replaceChildren();
    acts.hidden = true;
    bar.classList.remove("news--told");
    document.title = title;
  }

  bar.querySelector("[data-news-show]").addEventListener("click", refresh);
  bar.querySelector("[data-news-later]").addEventListener("click", () => dismiss(told.querySelector("[data-mark]").dataset.mark));
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  if (mark) askLater();
  else ask();
})();
