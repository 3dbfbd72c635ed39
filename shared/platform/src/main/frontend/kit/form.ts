import { ByHandPanel, type ByHand } from "./byhand";
import { fill, h } from "./dom";
import { drawField, type Drawn, type Field } from "./field";
import { problemNotice } from "./notice";
import { Problem } from "./problem";
import { RowsField } from "./rows";
import { text } from "./texts";
import { putAt, valueAt } from "./values";

export { dnsLabel, kubernetesQuantity, type Choice, type Field } from "./field";

/** Questions that stand together behind a line, which tells what was answered; few people need them. */
export interface Section {
  readonly title: string;
  readonly help?: string;
  readonly fields: readonly Field[];
  /** What is said in it now, in a few words; empty when nothing is. */
  readonly said: (body: Record<string, unknown>) => string;
}

/** A form over one JSON body. */
export interface FormSettings {
  readonly label: string;
  readonly fields: readonly Field[];
  /** Below the fields, closed at first. */
  readonly sections?: readonly Section[];
  /** Below the sections. */
  readonly last?: readonly Field[];
  readonly values: unknown;
  readonly verb: string;
  readonly send: (body: Record<string, unknown>) => Promise<void>;
  /** Asks the server, while somebody types, whether it would refuse this: what it says stands at the field they have left. */
  readonly check?: (body: Record<string, unknown>, signal: AbortSignal) => Promise<readonly Warning[]>;
  readonly cancel: () => void;
  readonly byHand: (body: Record<string, unknown>) => ByHand;
  /** Stands beside the fields, e.g. a test button. */
  readonly aside?: HTMLElement;
}

/** What the server allows and yet holds for a slip. */
export interface Warning {
  readonly where: string;
  readonly why: string;
  readonly next?: string;
}

const PAUSE_MILLIS = 400;

/** Draws the form; messages stand at the field they speak of, also those of the server. */
export class Form {
  readonly element: HTMLElement;
  private readonly drawn = new Map<Field, Drawn | RowsField>();
  private readonly problem = h("div", {});
  private readonly submit: HTMLButtonElement;
  private readonly byHand: ByHandPanel;
  private readonly told: (() => void)[] = [];
  private readonly touched = new Set<unknown>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  constructor(private readonly settings: FormSettings) {
    const questions = [
      ...settings.fields.map((field) => this.draw(field)),
      ...(settings.sections ?? []).map((section) => this.section(section)),
      ...(settings.last ?? []).map((field) => this.draw(field)),
    ];
    this.submit = h("button", { type: "submit", class: "jenkins-button jenkins-button--primary" }, settings.verb);
    const cancel = h(
      "button",
      { type: "button", class: "jenkins-button", onclick: () => settings.cancel() },
      text("kit.cancel"),
    );
    const form = h(
      "form",
      { class: "shera-form", "aria-label": settings.label, novalidate: true },
      ...questions,
      this.problem,
      h("div", { class: "jenkins-buttons-row" }, this.submit, cancel),
    );
    this.byHand = new ByHandPanel(() => settings.byHand(this.body()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.sendNow();
    });
    form.addEventListener("input", () => this.edited());
    form.addEventListener("focusout", (event) => this.left(event.target));
    const aside = h("div", { class: "shera-form__aside" }, settings.aside, this.byHand.element);
    this.element = h("div", { class: "shera-form__frame" }, form, aside);
    this.tell();
  }

  private draw(field: Field): HTMLElement {
    const value = valueAt(this.settings.values, field.name);
    const drawn = field.kind === "rows" ? new RowsField(field, value, () => this.edited()) : drawField(field, value);
    this.drawn.set(field, drawn);
    return drawn.element;
  }

  private section(section: Section): HTMLElement {
    const said = h("span", { class: "shera-section__said" });
    this.told.push(() => (said.textContent = section.said(this.body())));
    return h(
      "details",
      { class: "shera-section" },
      h("summary", {}, h("b", {}, section.title), said),
      section.help && h("p", { class: "jenkins-form-description" }, section.help),
      ...section.fields.map((field) => this.draw(field)),
    );
  }

  private tell(): void {
    for (const tell of this.told) tell();
  }

  /** What the form would send now. */
  body(): Record<string, unknown> {
    const body: Record<string, unknown> = {};
    for (const [field, drawn] of this.drawn) putAt(body, field.name, drawn.read());
    return body;
  }

  /** Puts the reader at the first question that can be answered. */
  focus(): void {
    this.element.querySelector<HTMLElement>("input:not([readonly]), select, textarea")?.focus();
  }

  private edited(): void {
    this.byHand.refresh();
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.checkTouched(), PAUSE_MILLIS);
  }

  private left(target: EventTarget | null): void {
    for (const [, drawn] of this.simple()) {
      if (drawn.control !== target || this.touched.has(drawn)) continue;
      this.touched.add(drawn);
      this.checkTouched();
    }
  }

  private checkTouched(): void {
    for (const drawn of this.drawn.values()) if (drawn instanceof RowsField) drawn.say(null);
    for (const [field, drawn] of this.simple()) {
      if (this.touched.has(drawn)) drawn.say(complaint(field, drawn.read()));
    }
    void this.ask();
  }

  /** The newest question counts; one that cannot be asked is no reason to bother whoever is typing. */
  private async ask(): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const incomplete = [...this.simple()].some(([field, drawn]) => complaint(field, drawn.read()) !== null);
    if (!this.settings.check || incomplete) return;
    try {
      const warnings = await this.settings.check(this.body(), asking.signal);
      if (!asking.signal.aborted) for (const warning of warnings) this.warn(warning);
    } catch (thrown) {
      if (asking.signal.aborted || !(thrown instanceof Problem) || ![409, 422].includes(thrown.status)) return;
      const { why, next } = thrown.report;
      this.placeOf(thrown.report.where ?? "")?.say([why, next].filter(Boolean).join(" "));
    }
  }

  private warn({ where, why, next }: Warning): void {
    this.placeOf(where)?.say([why, next].filter(Boolean).join(" "), "warning");
  }

  private async sendNow(): Promise<void> {
    fill(this.problem);
    clearTimeout(this.timer);
    this.asking?.abort();
    let first: HTMLElement | null = null;
    for (const [field, drawn] of this.simple()) {
      this.touched.add(drawn);
      const wrong = complaint(field, drawn.read());
      drawn.say(wrong);
      if (wrong !== null) first ??= drawn.control;
    }
    if (first) {
      reveal(first);
      first.focus();
      return;
    }
    this.submit.disabled = true;
    try {
      await this.settings.send(this.body());
    } catch (thrown) {
      this.show(thrown);
    } finally {
      this.submit.disabled = false;
    }
  }

  private show(thrown: unknown): void {
    const place = thrown instanceof Problem ? this.placeOf(thrown.report.where ?? "") : null;
    if (place && thrown instanceof Problem) {
      place.say(sentence(thrown));
      reveal(place.element);
      place.element.scrollIntoView({ block: "center" });
      place.element.querySelector<HTMLElement>("input, select, textarea")?.focus();
    } else {
      fill(this.problem, problemNotice(thrown));
      this.problem.scrollIntoView({ block: "nearest" });
    }
  }

  private placeOf(where: string): Pick<Drawn, "say" | "element"> | null {
    for (const [field, drawn] of this.drawn) {
      if (drawn instanceof RowsField && where.startsWith(field.name)) {
        return drawn.at(where.slice(field.name.length));
      }
      if (drawn instanceof RowsField) continue;
      if (where === field.name || (/^[.[]/.test(where.slice(field.name.length)) && where.startsWith(field.name)))
        return drawn;
    }
    return null;
  }

  private *simple(): Iterable<readonly [Field, Drawn]> {
    for (const [field, drawn] of this.drawn) {
      if (drawn instanceof RowsField) yield* drawn.fields();
      else yield [field, drawn];
    }
  }
}

/** Opens the section that something stands in. */
function reveal(element: HTMLElement): void {
  const section = element.closest("details");
  if (section) section.open = true;
}

function complaint(field: Field, value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (value === "") return field.required ? text("kit.rule.required") : null;
  return field.rule?.(value) ?? null;
}

function sentence(problem: Problem): string {
  const { error, why, next } = problem.report;
  return [error, why, next].filter(Boolean).join(" ");
}
