"use strict";
// What every page of the host does: links that POST, the choice of light or dark, copying, menus that close.
(function () {
  const head = document.head;

  function post(url) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = head.dataset.crumbHeader;
    field.value = head.dataset.crumbValue;
    form.append(field);
    document.body.append(form);
    form.submit();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-post], a[data-confirm]");
    if (link && (link.dataset.post === "true" || link.dataset.confirm)) {
      event.preventDefault();
      if (!link.dataset.confirm || window.confirm(link.dataset.confirm)) {
        if (link.dataset.post === "true") {
          post(link.href);
        } else {
          window.location = link.href;
        }
      }
      return;
    }
    const button = event.target.closest("button");
    if (button && button.dataset.themeSwitch) {
      const dark = document.documentElement.dataset.theme
        ? document.documentElement.dataset.theme === "dark"
        : window.matchMedia("(prefers-color-scheme: dark)").matches;
      const next = dark ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      document.cookie = "theme=" + next + ";path=/;max-age=31536000;samesite=lax";
    } else if (button && button.dataset.copy !== undefined) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        button.title = button.dataset.copied;
      });
    }
    document.querySelectorAll("details.jenkins-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.jenkins-menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  });
})();
