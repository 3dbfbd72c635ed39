"use strict";
// Forms of the host: what is typed becomes one JSON object, fields are checked and filled by the server, parts come and go.
(function () {
  const head = document.head;

  function crumb(headers) {
    if (head.dataset.crumbHeader) {
      headers[head.dataset.crumbHeader] = head.dataset.crumbValue;
    }
    return headers;
  }

  function isOff(element, form) {
    for (let e = element; e && e !== form; e = e.parentElement) {
      if (e.dataset.formOff === "true") {
        return true;
      }
    }
    return false;
  }

  function ownerOf(element, form) {
    for (let e = element.parentElement; e && e !== form; e = e.parentElement) {
      if (e.dataset.formObject) {
        return e;
      }
    }
    return form;
  }

  function plain(name) {
    return name.startsWith("_.") ? name.substring(2) : name;
  }

  function put(object, name, value) {
    if (Object.prototype.hasOwnProperty.call(object, name) && name !== "stapler-class" && name !== "$class") {
      const old = object[name];
      object[name] = Array.isArray(old) ? old.concat([value]) : [old, value];
    } else {
      object[name] = value;
    }
  }

  // One object for the form, one for each [data-form-object] inside it.
  function collect(form) {
    const objects = new Map([[form, {}]]);
    function objectOf(element) {
      let object = objects.get(element);
      if (!object) {
        object = {};
        objects.set(element, object);
        const parent = objectOf(ownerOf(element, form));
        const name = element.dataset.formObject;
        if (element.dataset.formList === "true") {
          parent[name] = (parent[name] || []).concat([object]);
        } else {
          put(parent, name, object);
        }
      }
      return object;
    }
    form.querySelectorAll("[data-form-object], input, select, textarea").forEach((field) => {
      if (isOff(field, form)) {
        return;
      }
      if (field.dataset.formObject) {
        if (field.dataset.formOptional !== "true" || isOpen(field)) {
          objectOf(field);
        }
        return;
      }
      if (!field.name || field.disabled || field.name === "json" || field.name === head.dataset.crumbHeader) {
        return;
      }
      if (field.classList.contains("optional-block-control")) {
        const block = field.closest("[data-form-optional]");
        if (block.dataset.formInline === "true") {
          put(objectOf(ownerOf(field, form)), plain(field.name), field.checked);
        }
        return;
      }
      const target = objectOf(ownerOf(field, form));
      if (field.type === "checkbox") {
        put(target, plain(field.name), field.getAttribute("json") ? (field.checked ? field.getAttribute("json") : false) : field.checked);
      } else if (field.type === "radio") {
        if (field.checked) {
          put(target, plain(field.name), field.value);
        }
      } else if (field.type !== "submit" && field.type !== "button") {
        put(target, plain(field.name), field.value);
      }
    });
    return objects.get(form);
  }

  function isOpen(block) {
    const control = block.querySelector(".optional-block-control");
    return control.checked !== (block.dataset.formNegative === "true");
  }

  function showBlock(block) {
    const body = block.querySelector(".form-container");
    const open = isOpen(block);
    body.hidden = !open;
    body.dataset.formOff = String(!open);
  }

  function showChoice(choice) {
    const selected = choice.querySelector("select.dropdownList").value;
    Array.from(choice.children).forEach((child) => {
      if (child.dataset.formChoice) {
        child.hidden = child.dataset.formChoice !== selected;
        child.dataset.formOff = String(child.hidden);
      }
    });
  }

  function showRadio(container) {
    const scope = container.parentElement;
    Array.from(scope.children).forEach((other) => {
      if (other.dataset.formRadio) {
        const body = other.querySelector(".form-container");
        const open = other.querySelector(".radio-block-control").checked;
        body.hidden = !open;
        body.dataset.formOff = String(!open);
      }
    });
  }

  // The field of that name that stands nearest.
  function neighbour(field, name) {
    for (let e = field.parentElement; e; e = e.parentElement) {
      const found = e.querySelector("[name='_." + name + "'], [name='" + name + "']");
      if (found) {
        return found;
      }
    }
    return null;
  }

  function parameters(field, dependsOn, own) {
    const values = new URLSearchParams();
    if (own) {
      values.set("value", field.type === "checkbox" ? String(field.checked) : field.value);
    }
    (dependsOn || "").split(/[\s,]+/).filter(Boolean).forEach((name) => {
      const other = neighbour(field, name);
      if (other) {
        values.set(name, other.type === "checkbox" ? String(other.checked) : other.value);
      }
    });
    return values;
  }

  function ask(url, values, method) {
    if (method === "post") {
      return fetch(url, { method: "POST", headers: crumb({ "Content-Type": "application/x-www-form-urlencoded" }), body: values });
    }
    return fetch(url + "?" + values.toString(), { headers: crumb({}) });
  }

  function check(field) {
    const item = field.closest(".jenkins-form-item");
    const area = item && item.querySelector(".validation-error-area");
    if (!area) {
      return;
    }
    ask(field.dataset.checkUrl, parameters(field, field.dataset.checkDependsOn, true), field.dataset.checkMethod)
      .then((answer) => answer.text().then((html) => {
        area.innerHTML = answer.ok ? html : "";
      }));
  }

  function fill(select) {
    const wanted = select.dataset.value || select.value;
    ask(select.dataset.fillUrl, parameters(select, select.dataset.fillDependsOn, false), "post")
      .then((answer) => answer.ok ? answer.json() : { values: [] })
      .then((model) => {
        select.replaceChildren();
        let found = false;
        (model.values || []).forEach((option) => {
          const element = document.createElement("option");
          element.value = option.value;
          element.textContent = option.name;
          element.selected = option.value === wanted || (!wanted && option.selected);
          found = found || option.value === wanted;
          select.append(element);
        });
        if (wanted && !found) {
          const kept = document.createElement("option");
          kept.value = wanted;
          kept.textContent = wanted;
          kept.selected = true;
          select.append(kept);
        }
        select.dataset.filled = "true";
        if (select.dataset.checkUrl) {
          check(select);
        }
      });
  }

  function fillList(input) {
    ask(input.dataset.fillList, parameters(input, input.dataset.fillDependsOn, true), "post")
      .then((answer) => answer.ok ? answer.json() : { values: [] })
      .then((model) => {
        const list = document.getElementById(input.getAttribute("list"));
        list.replaceChildren();
        (model.values || []).forEach((value) => {
          const option = document.createElement("option");
          option.value = typeof value === "string" ? value : value.value;
          list.append(option);
        });
      });
  }

  function wake(root) {
    root.querySelectorAll("[data-form-optional]").forEach(showBlock);
    root.querySelectorAll("[data-form-radio]").forEach(showRadio);
    root.querySelectorAll("[data-choice]").forEach(showChoice);
    root.querySelectorAll("select[data-fill-url]").forEach((select) => {
      fill(select);
      (select.dataset.fillDependsOn || "").split(/[\s,]+/).filter(Boolean).forEach((name) => {
        const other = neighbour(select, name);
        if (other) {
          other.addEventListener("change", () => {
            select.dataset.value = select.value;
            fill(select);
          });
        }
      });
    });
    root.querySelectorAll("input[data-fill-list]").forEach(fillList);
    root.querySelectorAll("[data-check-url]").forEach((field) => {
      field.addEventListener("change", () => check(field));
      if (field.tagName !== "SELECT" && field.type !== "password") {
        check(field);
      }
    });
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.classList.contains("optional-block-control")) {
      showBlock(field.closest("[data-form-optional]"));
    } else if (field.classList.contains("radio-block-control")) {
      showRadio(field.closest("[data-form-radio]"));
    } else if (field.classList.contains("dropdownList")) {
      showChoice(field.closest("[data-choice]"));
    }
  });

  function addPart(container, template, before) {
    const part = document.importNode(template.content, true).firstElementChild;
    container.insertBefore(part, before);
    wake(part);
    const first = part.querySelector("input:not([type=hidden]), select, textarea");
    if (first) {
      first.focus();
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.classList.contains("repeatable-add")) {
      const container = button.closest(".repeated-container");
      addPart(container, container.querySelector("template"), button);
    } else if (button.dataset.addKind) {
      const container = button.closest(".repeated-container");
      const menu = button.closest("details");
      const template = Array.from(container.children).find((child) => child.dataset.kind === button.dataset.addKind);
      menu.open = false;
      addPart(container, template, menu);
    } else if (button.classList.contains("repeatable-delete")) {
      button.closest(".repeated-chunk").remove();
    } else if (button.classList.contains("advanced-button")) {
      const body = button.parentElement.querySelector(".advancedBody");
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
    } else if (button.dataset.help) {
      help(button);
    } else if (button.dataset.validateUrl) {
      validate(button);
    } else if (button.classList.contains("apply-button")) {
      apply(button);
    }
  });

  function help(button) {
    const area = button.closest(".jenkins-form-item").querySelector(".help");
    if (!area.hidden) {
      area.hidden = true;
      return;
    }
    fetch(button.dataset.help).then((answer) => answer.text()).then((html) => {
      area.innerHTML = html;
      area.hidden = false;
    });
  }

  function validate(button) {
    const status = button.parentElement.querySelector(".jenkins-validate-button__container__status");
    status.textContent = button.dataset.progress || "…";
    ask(button.dataset.validateUrl, parameters(button, button.dataset.validateWith, false), "post")
      .then((answer) => answer.text())
      .then((html) => {
        status.innerHTML = html;
      });
  }

  function apply(button) {
    const form = button.closest("form");
    form.elements.json.value = JSON.stringify(collect(form));
    fetch(form.action, { method: "POST", headers: crumb({}), body: new URLSearchParams(new FormData(form)), redirect: "manual" })
      .then((answer) => {
        button.dataset.outcome = answer.type === "opaqueredirect" || answer.ok ? "saved" : "refused";
      });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.json === "true") {
      form.elements.json.value = JSON.stringify(collect(form));
    }
  });

  wake(document);
})();
