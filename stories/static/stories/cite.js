// What the bookmark brings is filled in and looked at; a story that is chosen shows its claims. All of it works
// without this script too, with the buttons of the form.
(() => {
  "use strict";

  const form = document.querySelector("[data-cite]");
  const status = document.querySelector("[data-cite-status]");
  let asking = null;

  // The fragment never reaches a server: not its log, nor the bound on the length of an address.
  const takeOver = () => {
    const brought = new URLSearchParams(location.hash.slice(1));
    if (!brought.has("address")) return false;
    for (const [name, value] of brought) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
    history.replaceState(null, "", location.pathname + location.search);
    return true;
  };

  const renew = (page, parts) => {
    for (const part of parts) {
      const fresh = page.querySelector(`[data-part=${part}]`);
      if (fresh) form.querySelector(`[data-part=${part}]`).replaceWith(fresh);
    }
  };

  const ask = async (wanted, parts, saying) => {
    asking?.abort();
    asking = new AbortController();
    const body = new FormData(form);
    body.set("do", wanted);
    status.textContent = saying;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      renew(new DOMParser().parseFromString(await answer.text(), "text/html"), parts);
      status.textContent = form.querySelector("[data-part=verdict] [data-sentence]")?.textContent ?? "";
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = form.dataset.unasked;
    }
    form.removeAttribute("aria-busy");
  };

  const look = () => ask("look", ["passage", "verdict", "details", "actions"], form.dataset.reading);

  form.addEventListener("click", (event) => {
    if (event.target.name !== "do" || event.target.value !== "look") return;
    event.preventDefault();
    look();
  });

  form.addEventListener("change", (event) => {
    if (event.target.name === "article") ask("choose", ["claims"], "");
  });

  form.addEventListener("input", (event) => {
    if (event.target.name === "new_claim") form.querySelector("[name=claim][value=new]").checked = true;
    // A verdict is on the words that were looked at, and on no others.
    if (["exact", "address"].includes(event.target.name)) {
      form.querySelector("[data-part=verdict]").replaceChildren();
      form.querySelector("[name=do][value=cite]").textContent = form.dataset.cite;
    }
  });

  for (const button of document.querySelectorAll("[data-bookmarklet]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector("[data-bookmarklet-hint]").hidden = false;
    });
  }

  const begin = () => takeOver() && look();
  addEventListener("hashchange", begin);
  begin();
})();
