// Ctrl-S saves and stays on the page; Ctrl-Enter saves what is typed and opens the publish panel.
(() => {
  "use strict";

  const named = (name) => document.querySelector(`[type="submit"][name$="${name}"]`);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
    const pressed = { s: named("_continue") ?? named("_save"), Enter: named("save_and_publish") }[event.key];
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
})();
