/** What a tenant has set about who is told. */
export interface Book {
  readonly version: number;
  readonly receivers: readonly { readonly name: string; readonly kind: string }[];
  readonly routes: readonly { readonly receiver: string }[];
  readonly servers: readonly { readonly id: string; readonly state: "inForce" | "different" | "unreachable" }[];
}

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
