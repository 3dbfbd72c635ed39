/** A threshold as the server tells it: values as people would write them. */
export interface Limit {
  readonly metric: string;
  readonly unit: string;
  readonly warning: string;
  readonly critical: string;
  readonly for: string;
  readonly below: boolean;
  readonly off: boolean;
  readonly runbookUrl: string;
  readonly level: string;
}

/** The least time and its parts; `wait` is empty where nobody is told. */
export interface Floor {
  readonly least: string;
  readonly lasting: string;
  readonly scrape: string;
  readonly evaluation: string;
  readonly wait: string;
}

/** What holds for one metric. */
export interface Threshold extends Limit {
  /** Set just where the reader is looking, not inherited. */
  readonly own: boolean;
  readonly series: string;
  readonly exporter: string;
  readonly measured: boolean;
  /** What passes at least from a breach to the first message; absent where no server says how often it looks. */
  readonly floor?: Floor;
  readonly overrides: readonly Limit[];
}

/** All that holds in an environment, or in all of them. */
export interface Thresholds {
  readonly version: number;
  readonly environment: string;
  readonly server: string;
  readonly rules: "inForce" | "different" | "unwatched" | "unreachable" | "";
  readonly waiting: boolean;
  readonly thresholds: readonly Threshold[];
}

/** An alert that is pending or firing. */
export interface Alert {
  readonly application: string;
  readonly environment: string;
  readonly metric: string;
  readonly severity: string;
  readonly pod: string;
  readonly state: string;
  readonly silenced: boolean;
  readonly fingerprint: string;
  /** Absent when nobody looks after it. */
  readonly acknowledged?: { readonly by: string; readonly at: string; readonly note: string };
  readonly since: string;
  readonly value: string;
  readonly summary: string;
  readonly description: string;
  /** Empty, or an address by http or https. */
  readonly runbook: string;
}

/** What a person wrote for one metric. */
export interface Edit {
  readonly metric: string;
  readonly warning: string;
  readonly critical: string;
  readonly for: string;
  readonly below: boolean;
  readonly off: boolean;
  readonly runbookUrl: string;
}

/** Shown even where nobody set anything. */
const ALWAYS = ["cpu", "memory", "threads", "sockets"];

/** The metrics of the table: the usual ones first, then what holds besides. */
export function metricsOf(all: readonly Threshold[]): readonly string[] {
  return [...ALWAYS, ...all.map((one) => one.metric).filter((metric) => !ALWAYS.includes(metric))];
}

/** What is inherited for a metric: what holds, or what lies under what was set here. */
export function inherited(threshold: Threshold | undefined): Limit | undefined {
  if (threshold === undefined) return undefined;
  return threshold.own ? threshold.overrides[0] : threshold;
}

/** Whether somebody set anything at all for this metric. */
export function isSet(edit: Edit): boolean {
  return edit.off || edit.warning !== "" || edit.critical !== "";
}

/** What is sent: only what was set here; the rest goes on being inherited. */
export function wanted(edits: readonly Edit[]): readonly Record<string, string | boolean>[] {
  return edits.filter(isSet).map((edit) => {
    const body: Record<string, string | boolean> = { metric: edit.metric };
    if (edit.off) return { ...body, off: true };
    if (edit.warning !== "") body["warning"] = edit.warning;
    if (edit.critical !== "") body["critical"] = edit.critical;
    if (edit.for !== "") body["for"] = edit.for;
    if (edit.below) body["below"] = true;
    if (edit.runbookUrl !== "") body["runbookUrl"] = edit.runbookUrl;
    return body;
  });
}

/** A measured value, short enough for a table. */
export function shortValue(value: string, metric: string): string {
  const number = Number(value);
  if (value === "" || Number.isNaN(number)) return value;
  if ((metric === "memory" || metric === "disk") && number >= 1024) {
    const power = Math.min(4, Math.floor(Math.log2(number) / 10));
    return `${round(number / 1024 ** power)} ${["", "Ki", "Mi", "Gi", "Ti"][power]}`;
  }
  return String(round(number));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
