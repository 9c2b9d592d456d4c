// The theme gives the bar of actions its width as a text of styles, which no Content-Security-Policy of ours lets
// through. As an object it is set property by property, which the policy does not concern.
document.addEventListener("alpine:init", () => {
  document
    .getElementById("changelist-actions")
    ?.setAttribute("x-bind:style", "{ width: changeListWidth + 'px' }");
});
