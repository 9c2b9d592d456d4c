// Keys for whoever answers many alerts: j, k, enter, x, h, u, i, / and ?. Without this script every page does the same by hand.
(() => {
  "use strict";

  const OFF = "desk-keys-off";
  const AT = "desk-keys-at";
  const ANSWERS = { h: "still_holds", u: "needs_update", i: "ignored" };
  const dialog = document.getElementById("keys");
  if (!dialog) return;

  const list = () => document.querySelector(".inbox-answers");
  const links = () => [...document.querySelectorAll(".alert-row h2 a")];
  const picks = () => [...document.querySelectorAll(".alert-row__pick input")];
  const isOff = () => localStorage.getItem(OFF) === "1";

  const isTyping = (target) =>
    target.isContentEditable || Boolean(target.closest("textarea, select, input:not([type=checkbox]):not([type=radio])"));

  const rowNow = () => document.activeElement?.closest(".alert-row");

  function step(by) {
    const all = links();
    const at = all.findIndex((link) => link.closest(".alert-row") === rowNow());
    const next = all[Math.min(Math.max(at < 0 && by < 0 ? 0 : at + by, 0), all.length - 1)];
    next?.focus();
    next?.closest(".alert-row").scrollIntoView({ block: "nearest" });
  }

  function pick() {
    const box = rowNow()?.querySelector(".alert-row__pick input");
    if (box) box.click();
  }

  function answerHere(answer) {
    document.querySelector(`.answer button[value="${answer}"]`)?.click();
  }

  function answerInList(answer) {
    const chosen = picks().filter((box) => box.checked);
    const own = rowNow()?.querySelector(".alert-row__pick input");
    if (!chosen.length && !own) return;
    if (!chosen.length) own.checked = true;
    list().querySelector(`button[value="${answer}"]`).click();
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (dialog.open || isTyping(event.target)) return;
    const act = {
      j: () => step(1),
      k: () => step(-1),
      x: pick,
      "/": () => document.getElementById("q")?.focus(),
      "?": open,
    };
    const answer = ANSWERS[event.key];
    const doIt = answer ? () => (list() ? answerInList : answerHere)(answer) : act[event.key];
    if (!doIt || (isOff() && event.key !== "?")) return;
    event.preventDefault();
    doIt();
  }

  function open() {
    dialog.showModal();
  }

  // After an answer the page comes anew: the reader stays where they were in the list.
  function rememberPlace() {
    const at = links().findIndex((link) => link.closest(".alert-row") === rowNow());
    if (at >= 0) sessionStorage.setItem(AT, String(at));
  }

  function returnToPlace() {
    const at = sessionStorage.getItem(AT);
    sessionStorage.removeItem(AT);
    const all = links();
    if (at !== null && all.length) all[Math.min(Number(at), all.length - 1)].focus();
  }

  function count() {
    const chosen = picks().filter((box) => box.checked).length;
    const all = list().querySelector("[data-pick-all]");
    all.checked = chosen > 0 && chosen === picks().length;
    all.indeterminate = chosen > 0 && !all.checked;
    const told = list().querySelector("[data-pick-count]");
    told.textContent = chosen === 1 ? told.dataset.one : told.dataset.many.replace("{count}", chosen);
  }

  function begin() {
    const all = list()?.querySelector(".inbox-answers__all");
    if (!all) return;
    all.hidden = false;
    count();
  }

  document.addEventListener("change", (event) => {
    if (!event.target.closest(".inbox-answers")) return;
    if (event.target.matches("[data-pick-all]")) {
      for (const box of picks()) box.checked = event.target.checked;
    }
    count();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === list()) rememberPlace();
  });
  document.addEventListener("desk:refreshed", begin);
  begin();
  returnToPlace();

  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  const off = dialog.querySelector("[data-keys-off]");
  off.checked = isOff();
  off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  document.addEventListener("keydown", onKey);
})();
