/** What a tenant has set about who is told. */
export interface Book {
  readonly version: number;
  readonly receivers: readonly { readonly name: string; readonly kind: string }[];
  readonly routes: readonly { readonly receiver: string }[];
  readonly limits: {
    readonly groupWait: string;
    readonly groupInterval: string;
    readonly repeatInterval: string;
  };
  readonly floors: readonly Floor[];
  readonly servers: readonly { readonly id: string; readonly state: "inForce" | "different" | "unreachable" }[];
}

/** What passes on a Prometheus from a breach to the first message, beside the time a threshold has to last. */
export interface Floor {
  readonly server: string;
  readonly least: string;
  readonly scrape: string;
  readonly evaluation: string;
  /** Empty where no Alertmanager answers. */
  readonly wait: string;
}

/** The labels messages may be made of. */
export const GROUP_BY = ["application", "environment", "alertname", "metric", "severity", "pod"];

/** A time in which nobody is told of certain alerts. */
export interface Silence {
  readonly id: string;
  readonly server: string;
  readonly state: "active" | "pending" | "expired";
  readonly until: string;
  readonly by: string;
  readonly comment: string;
  readonly what: Readonly<Record<string, string>>;
}

/** What a silence keeps quiet, as `shop, threads`; empty for everything. */
export function whatOf(silence: Silence): string {
  const order = ["application", "environment", "metric", "severity", "pod"];
  const known = order.filter((label) => silence.what[label] !== undefined).map((label) => silence.what[label]);
  const other = Object.entries(silence.what)
    .filter(([label]) => !order.includes(label))
    .map(([label, value]) => `${label}=${value}`);
  return [...known, ...other].join(", ");
}
