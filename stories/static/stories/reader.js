// Each time tells on hover what it is in the reader's own zone. Without this it tells it in UTC.
"use strict";

// As the reader's own country writes the page's language.
const lang = document.documentElement.lang;
const own = new Intl.DateTimeFormat(navigator.languages.find((each) => each.startsWith(lang)) ?? lang, { dateStyle: "medium", timeStyle: "short" });
const words = document.currentScript.dataset.ownTime;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const time of document.querySelectorAll("time[datetime*='T']")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.valueOf())) time.title = words.replace("{when}", own.format(at)).replace("{zone}", zone);
}

// Whoever comes from the panel that publishes is shown the way on, and nobody else.
const way = document.querySelector("[data-from-the-panel]");
if (way && document.referrer.startsWith(`${location.origin}/admin/`)) way.hidden = false;
