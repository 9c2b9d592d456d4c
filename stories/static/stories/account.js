// Keys work with a script only, so their buttons appear with it.
for (const button of document.querySelectorAll("[data-needs-script]")) {
  if (window.PublicKeyCredential) button.hidden = false;
}
