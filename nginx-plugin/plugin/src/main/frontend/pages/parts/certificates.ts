/** A certificate as everybody may know it; what was never read lacks most. */
export interface Certificate {
  readonly name: string;
  readonly platform: boolean;
  readonly secret: string;
  readonly problem: string;
  readonly subject?: string;
  readonly names?: readonly string[];
  readonly issuer?: string;
  readonly notAfter?: string;
  readonly daysLeft?: number;
  readonly fingerprint?: string;
}

/** What `certificates?cluster=` gives. */
export interface Certificates {
  readonly cluster: string;
  readonly mayPut: boolean;
  readonly mayPlatform: boolean;
  readonly certificates: readonly Certificate[];
}

/** How urgent it is with so many days left. */
export function ending(daysLeft: number): "ok" | "warn" | "bad" {
  if (daysLeft < 7) return "bad";
  return daysLeft < 30 ? "warn" : "ok";
}
