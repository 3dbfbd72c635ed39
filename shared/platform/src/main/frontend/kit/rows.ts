import { fill, h } from "./dom";
import { drawField, type Drawn, type Field } from "./field";
import { text } from "./texts";
import { putAt, valueAt } from "./values";

interface Row {
  readonly element: HTMLElement;
  readonly drawn: ReadonlyMap<Field, Drawn>;
}

/** A list of small groups of fields that grows and shrinks. */
export class RowsField {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "shera-rows" });
  private readonly message = h("div", { class: "shera-field__message", "aria-live": "polite" });
  private rows: Row[] = [];

  constructor(
    private readonly field: Field,
    values: unknown,
    private readonly changed: () => void,
  ) {
    for (const value of Array.isArray(values) ? values : []) this.add(value);
    const more = h("button", { type: "button", class: "jenkins-button" }, field.addLabel ?? text("kit.rows.add"));
    more.addEventListener("click", () => {
      const row = this.add(field.fresh ?? {});
      row.element.querySelector<HTMLElement>("input, select, textarea")?.focus();
      this.changed();
    });
    this.element = h(
      "fieldset",
      { class: "jenkins-form-item jenkins-fieldset shera-field" },
      h("legend", { class: "jenkins-form-label" }, field.label),
      field.help && h("div", { class: "jenkins-form-description" }, field.help),
      this.list,
      this.message,
      more,
    );
  }

  read(): unknown[] {
    return this.rows.map((row) => {
      const value: Record<string, unknown> = {};
      for (const [field, drawn] of row.drawn) putAt(value, field.name, drawn.read());
      return value;
    });
  }

  /** The drawn field at a path such as `[1].cluster`, the list itself when the path names no field of it. */
  at(path: string): Pick<Drawn, "say" | "element"> {
    const [, index, name] = /^\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    const row = this.rows[Number(index)];
    const found = row && [...row.drawn].find(([field]) => field.name === name || name?.startsWith(`${field.name}.`));
    return found ? found[1] : { element: this.element, say: (said, kind) => this.say(said, kind) };
  }

  /** Every drawn field with its rule, for the check before sending. */
  *fields(): Iterable<readonly [Field, Drawn]> {
    for (const row of this.rows) yield* row.drawn;
  }

  say(said: string | null, kind: "error" | "warning" = "error"): void {
    this.message.textContent = said;
    this.message.classList.toggle("error", said !== null && kind === "error");
    this.message.classList.toggle("warning", said !== null && kind === "warning");
  }

  private add(value: unknown): Row {
    const drawn = new Map(
      (this.field.fields ?? []).map((field) => [field, drawField(field, valueAt(value, field.name), true)]),
    );
    const remove = h(
      "button",
      { type: "button", class: "jenkins-button jenkins-button--tertiary shera-rows__remove" },
      text("kit.rows.remove"),
    );
    const element = h("div", { class: "shera-rows__row" }, ...[...drawn.values()].map((one) => one.element), remove);
    const row = { element, drawn };
    remove.addEventListener("click", () => {
      this.rows = this.rows.filter((other) => other !== row);
      fill(this.list, ...this.rows.map((other) => other.element));
      this.element.querySelector<HTMLElement>(":scope > button")?.focus();
      this.changed();
    });
    this.rows.push(row);
    this.list.append(element);
    return row;
  }
}
