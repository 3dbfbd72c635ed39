import { freshId, h } from "./dom";
import { text } from "./texts";

/** A choice of a select or of a set of boxes. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One question of a form; `name` is the path of its value in the body and in the server's `where`. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "longtext" | "select" | "switch" | "boxes" | "lines" | "rows";
  readonly help?: string;
  readonly required?: boolean;
  /** Cannot be changed after creation. */
  readonly fixed?: boolean;
  readonly placeholder?: string;
  readonly choices?: readonly Choice[];
  /** Answers at once what is wrong with a text, or null. */
  readonly rule?: (value: string) => string | null;
  /** The questions of each row. */
  readonly fields?: readonly Field[];
  readonly addLabel?: string;
  /** Takes a line of its own in a row. */
  readonly wide?: boolean;
  /** What a new row begins with. */
  readonly fresh?: unknown;
}

/** A drawn question with the place for what is wrong with its answer. */
export interface Drawn {
  readonly element: HTMLElement;
  readonly control: HTMLElement;
  read(): unknown;
  /** Shows or clears a message under the field: what is wrong, or what may be. */
  say(message: string | null, kind?: "error" | "warning"): void;
}

/** A DNS-1123 label, the grammar of nearly every name here. */
export function dnsLabel(value: string): string | null {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value) ? null : text("kit.rule.dnsLabel");
}

/** A Kubernetes quantity such as 500m, 2 or 16Gi. */
export function kubernetesQuantity(value: string): string | null {
  return /^\d+(\.\d+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.test(value) ? null : text("kit.rule.quantity");
}

/** Draws a simple field (not rows) with a value. */
export function drawField(field: Field, value: unknown, tight = false): Drawn {
  const id = freshId("field");
  const { control, read, holder } = controlOf(field, value, id);
  const message = h("div", { id: `${id}-message`, class: "shera-field__message", "aria-live": "polite" });
  const help = field.help ? h("div", { class: "jenkins-form-description", id: `${id}-help` }, field.help) : null;
  control.setAttribute("aria-describedby", help ? `${help.id} ${message.id}` : message.id);
  const isGroup = field.kind === "boxes";
  const name = h(
    isGroup ? "legend" : "label",
    { class: "jenkins-form-label", for: isGroup ? undefined : id },
    field.label,
  );
  const mark = field.required ? null : h("span", { class: "shera-field__optional" }, text("kit.field.optional"));
  if (field.kind !== "switch" && field.kind !== "boxes" && !tight && mark) name.append(mark);
  const isWide = field.wide === true || field.kind === "longtext" || field.kind === "lines";
  const classes = tight ? `shera-field${isWide ? " shera-field--wide" : ""}` : "jenkins-form-item shera-field";
  const element =
    field.kind === "switch"
      ? h("div", { class: classes }, holder, help, message)
      : h(
          isGroup ? "fieldset" : "div",
          { class: isGroup ? `${classes} jenkins-fieldset` : classes },
          name,
          help,
          holder,
          message,
        );
  const say = (said: string | null, kind: "error" | "warning" = "error") => {
    message.textContent = said;
    message.classList.toggle("error", said !== null && kind === "error");
    message.classList.toggle("warning", said !== null && kind === "warning");
    if (said === null || kind === "warning") control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  };
  return { element, control, read, say };
}

interface Control {
  readonly control: HTMLElement;
  readonly holder: HTMLElement;
  read(): unknown;
}

function controlOf(field: Field, value: unknown, id: string): Control {
  switch (field.kind) {
    case "switch":
      return switchOf(field, value === true, id);
    case "select":
      return selectOf(field, String(value ?? ""), id);
    case "boxes":
      return boxesOf(field, Array.isArray(value) ? value.map(String) : []);
    case "lines":
      return areaOf(field, Array.isArray(value) ? value.join("\n") : "", id, (said) =>
        said
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      );
    case "longtext":
      return areaOf(field, String(value ?? ""), id, (said) => said);
    default:
      return textOf(field, String(value ?? ""), id);
  }
}

function textOf(field: Field, value: string, id: string): Control {
  const input = h("input", {
    id,
    class: "jenkins-input",
    type: "text",
    name: field.name,
    placeholder: field.placeholder,
    readonly: field.fixed,
    "aria-required": field.required ? "true" : undefined,
    autocomplete: "off",
    spellcheck: "false",
  });
  input.value = value;
  return { control: input, holder: input, read: () => input.value.trim() };
}

function areaOf(field: Field, value: string, id: string, parse: (said: string) => unknown): Control {
  const area = h("textarea", {
    id,
    class: "jenkins-input shera-area",
    name: field.name,
    rows: 4,
    spellcheck: "false",
    placeholder: field.placeholder,
  });
  area.value = value;
  return { control: area, holder: area, read: () => parse(area.value) };
}

function selectOf(field: Field, value: string, id: string): Control {
  const choices = field.choices ?? [];
  const known = choices.some((choice) => choice.value === value);
  const offered =
    known || (value === "" && field.required)
      ? choices
      : [{ value, label: value || text("kit.field.none") }, ...choices];
  const options = offered.map((choice) =>
    h("option", { value: choice.value, selected: choice.value === value }, choice.label),
  );
  const select = h("select", { id, class: "jenkins-select__input", name: field.name }, ...options);
  return { control: select, holder: h("div", { class: "jenkins-select" }, select), read: () => select.value };
}

function switchOf(field: Field, value: boolean, id: string): Control {
  const input = h("input", { id, type: "checkbox", name: field.name, checked: value });
  const label = h("label", { for: id }, field.label);
  return { control: input, holder: h("div", { class: "shera-check" }, input, label), read: () => input.checked };
}

function boxesOf(field: Field, chosen: readonly string[]): Control {
  const gone = chosen.filter((value) => !field.choices?.some((choice) => choice.value === value));
  const offered = [...(field.choices ?? []), ...gone.map((value) => ({ value, label: value }))];
  const inputs = offered.map((choice) =>
    h("input", { type: "checkbox", value: choice.value, checked: chosen.includes(choice.value) }),
  );
  const rows = offered.map((choice, index) => h("label", { class: "shera-check" }, inputs[index], choice.label));
  const holder = h(
    "div",
    { class: "shera-boxes" },
    ...(rows.length > 0 ? rows : [h("span", { class: "shera-muted" }, text("kit.field.nothing"))]),
  );
  return { control: holder, holder, read: () => inputs.filter((input) => input.checked).map((input) => input.value) };
}
