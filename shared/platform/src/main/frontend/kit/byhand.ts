import { fill, freshId, h } from "./dom";
import { codeIcon, copyIcon } from "./icons";
import { text } from "./texts";

/** The script forms of an action; asked for anew whenever the panel opens or the form beside it changes. */
export interface ByHand {
  /** One Jenkinsfile line; absent where no step does this. */
  readonly jenkinsfile?: string;
  readonly curl: string;
}

/** A Groovy string in single quotes. */
export function groovy(value: string): string {
  const escaped = value.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `'${escaped}'`;
}

type Plain = string | number | boolean;

function written(value: Plain): string {
  return typeof value === "string" ? groovy(value) : String(value);
}

/** A key of a Groovy map: quoted where it is no plain name. */
function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : groovy(name);
}

/** A Groovy map: `[database: 'shop']`. */
function map(values: Readonly<Record<string, Plain>>): string {
  const entries = Object.entries(values).map(([name, value]) => `${key(name)}: ${written(value)}`);
  return entries.length === 0 ? "[:]" : `[${entries.join(", ")}]`;
}

/** A step call with named arguments: `deployApplication tenant: 'pay', replicas: 2, env: [A: 'b']`. */
export function stepCall(
  step: string,
  values: Readonly<Record<string, Plain | Readonly<Record<string, Plain>>>>,
): string {
  const named = Object.entries(values).map(
    ([name, value]) => `${name}: ${typeof value === "object" ? map(value) : written(value)}`,
  );
  return `${step} ${named.join(", ")}`;
}

/** One argument of a POSIX shell. */
export function shell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The curl call of a POST with a JSON body; user and API token come from the caller's environment. */
export function curlPost(url: string, body: unknown): string {
  const address = shell(new URL(url, location.href).href);
  const json = shell(JSON.stringify(body ?? {}));
  return `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${address} \\\n  --json ${json}`;
}

/** The panel "the same by hand": Jenkinsfile and curl, with a button that copies. */
export class ByHandPanel {
  readonly element = h("section", { class: "shera-byhand", "aria-label": text("kit.byHand") });
  private form: "jenkinsfile" | "curl" = "jenkinsfile";

  constructor(private readonly source: () => ByHand) {
    this.refresh();
  }

  /** Writes the lines anew. */
  refresh(): void {
    const lines = this.source();
    const form = lines.jenkinsfile === undefined ? "curl" : this.form;
    const code = (form === "jenkinsfile" ? lines.jenkinsfile : lines.curl) ?? "";
    const choice = (name: "jenkinsfile" | "curl", label: string) => {
      const choose = () => {
        this.form = name;
        this.refresh();
        this.element.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
      };
      return h(
        "button",
        { type: "button", class: "shera-chip", "aria-pressed": String(form === name), onclick: choose },
        label,
      );
    };
    fill(
      this.element,
      h(
        "div",
        { class: "shera-byhand__head" },
        h("b", {}, text("kit.byHand")),
        lines.jenkinsfile !== undefined && choice("jenkinsfile", "Jenkinsfile"),
        choice("curl", "curl"),
        copyButton(() => code),
      ),
      h("pre", { class: "shera-code", tabindex: 0 }, code),
    );
  }
}

/** A small button that opens the panel under an action. */
export function byHandToggle(source: () => ByHand): { button: HTMLButtonElement; panel: HTMLElement } {
  const panel = new ByHandPanel(source);
  panel.element.id = freshId("byhand");
  panel.element.hidden = true;
  const button = h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary shera-byhand__toggle",
      title: text("kit.byHand"),
      "aria-label": text("kit.byHand"),
      "aria-expanded": "false",
      "aria-controls": panel.element.id,
    },
    codeIcon(),
  );
  button.addEventListener("click", () => {
    panel.element.hidden = !panel.element.hidden;
    button.setAttribute("aria-expanded", String(!panel.element.hidden));
    if (!panel.element.hidden) panel.refresh();
  });
  return { button, panel: panel.element };
}

/** A button that puts text on the clipboard and says so. */
export function copyButton(source: () => string): HTMLButtonElement {
  const said = h("span", { class: "shera-copy__said", role: "status" });
  const button = h(
    "button",
    { type: "button", class: "jenkins-button jenkins-button--tertiary shera-copy" },
    copyIcon(),
    text("kit.copy"),
    said,
  );
  button.addEventListener("click", () => {
    void copy(source()).then((done) => {
      said.textContent = text(done ? "kit.copied" : "kit.copy.failed");
      setTimeout(() => (said.textContent = ""), 2_000);
    });
  });
  return button;
}

/** Jenkins is often served over plain HTTP, where the clipboard API is missing: then by a selection. */
async function copy(content: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(content).then(
      () => true,
      () => copyBySelection(content),
    );
  }
  return copyBySelection(content);
}

function copyBySelection(content: string): boolean {
  const area = h("textarea", { class: "shera-offscreen", "aria-hidden": "true", tabindex: -1 });
  area.value = content;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
