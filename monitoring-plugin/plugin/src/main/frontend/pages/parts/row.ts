import { fill, h, pill, text } from "@shera/kit";
import { inherited, isSet, type Edit, type Threshold } from "./thresholds";

/** One metric of the table of thresholds: fields where it may be changed, what is inherited shown faintly in them. */
export class ThresholdRow {
  readonly element: HTMLElement;
  private readonly warning: HTMLInputElement;
  private readonly critical: HTMLInputElement;
  private readonly lasting: HTMLInputElement;
  private readonly below: HTMLInputElement;
  private readonly off: HTMLInputElement;
  private readonly runbook: HTMLInputElement;
  private readonly floor = h("div", { class: "shera-muted shera-thresholds__source" });
  private readonly from = h("td", { class: "shera-thresholds__from", "data-title": text("from") });

  constructor(
    readonly metric: string,
    private readonly threshold: Threshold | undefined,
    canChange: boolean,
    changed: () => void,
  ) {
    const own = threshold?.own ? threshold : undefined;
    const under = inherited(threshold);
    const field = (name: "warning" | "critical" | "for") =>
      h("input", {
        class: "jenkins-input",
        type: "text",
        autocomplete: "off",
        maxlength: 40,
        value: own?.off ? "" : own?.[name],
        placeholder: under === undefined || under.off ? (name === "for" ? "5m" : "") : under[name],
        "aria-label": `${metric}: ${text(name === "for" ? "lasting" : name)}`,
        disabled: !canChange,
      });
    const tick = (name: "below" | "off", checked: boolean) =>
      h("input", { type: "checkbox", checked, "aria-label": `${metric}: ${text(name)}`, disabled: !canChange });
    this.warning = field("warning");
    this.critical = field("critical");
    this.lasting = field("for");
    this.below = tick("below", own?.below ?? under?.below ?? false);
    this.off = tick("off", own?.off ?? false);
    this.runbook = h("input", {
      class: "jenkins-input",
      type: "url",
      autocomplete: "off",
      maxlength: 500,
      value: own?.off ? "" : own?.runbookUrl,
      placeholder: under === undefined || under.off || under.runbookUrl === "" ? "https://" : under.runbookUrl,
      "aria-label": `${metric}: ${text("runbook")}`,
      disabled: !canChange,
    });
    const reset = h(
      "button",
      { type: "button", class: "jenkins-button jenkins-button--tertiary", title: text("inherit") },
      "\u21ba",
    );
    reset.setAttribute("aria-label", `${metric}: ${text("inherit")}`);
    reset.addEventListener("click", () => {
      for (const input of [this.warning, this.critical, this.lasting, this.runbook]) input.value = "";
      this.off.checked = false;
      this.draw();
      changed();
    });
    const cell = (title: string, inside: HTMLElement) => h("td", { "data-title": text(title) }, inside);
    this.element = h(
      "tr",
      { "data-key": metric },
      h("td", {}, h("div", {}, h("b", {}, metric), this.source(), this.floor)),
      cell("warning", this.warning),
      cell("critical", this.critical),
      cell("lasting", this.lasting),
      cell("below", this.below),
      cell("off", this.off),
      cell("runbook", this.runbook),
      this.from,
      canChange && h("td", {}, reset),
    );
    this.element.addEventListener("input", () => {
      this.draw();
      changed();
    });
    this.draw();
  }

  focus(): void {
    this.warning.focus();
  }

  /** What is written in the row now. */
  read(): Edit {
    return {
      metric: this.metric,
      warning: this.warning.value.trim(),
      critical: this.critical.value.trim(),
      for: this.lasting.value.trim(),
      below: this.below.checked,
      off: this.off.checked,
      runbookUrl: this.runbook.value.trim(),
    };
  }

  private source(): HTMLElement | null {
    const series = this.threshold?.series ?? "";
    if (series === "") return null;
    const said = this.threshold?.measured ? `${series} (${this.threshold.exporter})` : text("unmeasured", series);
    return h("div", { class: "shera-muted shera-thresholds__source" }, said);
  }

  /** Holds for what is in force: gone while somebody writes another time. */
  private drawFloor(edit: Edit): void {
    const floor = this.threshold?.floor;
    const own = this.threshold?.own === true ? this.threshold.for : "";
    if (floor === undefined || edit.off || edit.for !== own) {
      fill(this.floor);
      return;
    }
    const { least, lasting, scrape, evaluation, wait } = floor;
    const untold = wait === "";
    fill(this.floor, text(untold ? "floor.untold" : "floor", least));
    this.floor.title = untold
      ? text("floor.untold.why", lasting, scrape, evaluation)
      : text("floor.why", lasting, scrape, evaluation, wait);
  }

  private draw(): void {
    const edit = this.read();
    this.drawFloor(edit);
    for (const input of [this.warning, this.critical, this.lasting, this.below, this.runbook]) {
      input.disabled = this.off.disabled || edit.off;
    }
    const under = inherited(this.threshold);
    const below = under === undefined ? null : text(`level.${under.level}`);
    if (isSet(edit)) {
      fill(
        this.from,
        pill("info", text("level.own")),
        below !== null && [" ", h("span", { class: "shera-muted" }, text("overrides", below))],
      );
    } else {
      fill(
        this.from,
        below === null
          ? h("span", { class: "shera-muted" }, text("level.none"))
          : pill("idle", under?.off ? text("switchedOff", below) : below),
      );
    }
  }
}
