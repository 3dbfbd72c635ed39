/** A receiver, and what became of the last message to it. */
export interface Heard {
  readonly name: string;
  readonly kind: string;
  readonly waiting: number;
  readonly state: "" | "delivered" | "failing" | "lost";
  readonly why: string;
  readonly title: string;
  readonly at: string;
}

/** Which receiver of a tenant hears of which news. */
export interface Rules {
  readonly version: string;
  readonly notices: readonly { readonly receiver: string }[];
  readonly receivers: readonly Heard[];
}

/** How the last message to a receiver looks at first sight. */
export function toneOf(one: Heard): "ok" | "warn" | "bad" | "idle" {
  const tones = { "": "idle", delivered: "ok", failing: "warn", lost: "bad" } as const;
  return tones[one.state];
}
