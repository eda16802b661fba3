// Filters, and the choice of theme and drawing. Everything can be read without it.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = byId("filters");
  const objects = all(".object").map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    environments: element.dataset.environments.split(" "),
    classes: element.dataset.classes.split(" "),
    fields: all("li[data-environments]", element),
  }));

  const filter = () => {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const environment = byId("environment").value;
    const component = byId("component").value;
    const classes = all("input[name=class]:checked", form).map((box) => box.value);
    let shown = 0;
    for (const object of objects) {
      const matches =
        words.every((word) => object.text.includes(word)) &&
        (!environment || object.environments.includes(environment)) &&
        (!component || object.element.dataset.component === component) &&
        object.classes.some((name) => classes.includes(name));
      object.element.hidden = !matches;
      shown += matches ? 1 : 0;
      for (const field of object.fields) {
        field.hidden = Boolean(environment) && !field.dataset.environments.split(" ").includes(environment);
      }
    }
    byId("count").textContent =
      shown === objects.length ? `${shown} changed objects` : `${shown} of ${objects.length} changed objects`;
  };

  if (objects.length > 0) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    const openAll = (open) => () => objects.forEach((object) => (object.element.open = open));
    byId("open").addEventListener("click", openAll(true));
    byId("close").addEventListener("click", openAll(false));
    filter();
  }

  const choice = byId("drawing");
  if (choice) {
    const drawings = all(".drawing");
    const show = () => drawings.forEach((drawing) => (drawing.hidden = drawing.dataset.environment !== choice.value));
    byId("drawing-choice").hidden = drawings.length < 2;
    choice.addEventListener("input", show);
    show();
  }

  const theme = byId("theme");
  const themes = ["light dark", "light", "dark"];
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const root = document.documentElement.style;
    const next = themes[(themes.indexOf(root.colorScheme || themes[0]) + 1) % themes.length];
    root.colorScheme = next;
    theme.textContent = `Theme: ${next === themes[0] ? "system" : next}`;
  });
})();
