// Each time tells on hover what it is in the reader's own zone. Without this it tells it in UTC.
"use strict";

const own = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const time of document.querySelectorAll("time[datetime*='T']")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.valueOf())) time.title = `${own.format(at)}, your time (${zone})`;
}
