import { h, pill, type Tone } from "@shera/kit";

/** What Jenkins remembers of an image. */
export interface ListedImage {
  readonly reference: string;
  readonly digest: string;
  readonly at: string;
  readonly commit: string;
  readonly build: string;
  readonly buildUrl: string;
  readonly gate: string;
  readonly tags: readonly string[];
  readonly size?: number;
  readonly components?: number | null;
  readonly debug?: boolean;
  readonly deployUrl: string;
}

/** A slice of the list. */
export interface Listed {
  readonly total: number;
  readonly from: number;
  readonly slice: number;
  /** Empty for who may not build. */
  readonly pruneUrl: string;
  readonly images: readonly ListedImage[];
  readonly repositories: readonly { readonly image: string; readonly registry: string }[];
}

/** What the registry says of an image. */
export interface SeenImage {
  readonly reference: string;
  readonly digest: string;
  readonly there: boolean;
  readonly sbom: boolean;
  readonly tags: readonly string[];
  readonly standing?: string;
  readonly why?: string;
  readonly debug?: boolean;
}

export interface Seen {
  readonly images: readonly SeenImage[];
  readonly others: readonly SeenImage[];
  readonly whole: boolean;
}

export interface Running {
  readonly environment: string;
  readonly digest: string;
}

/** What would become of an image. */
export interface Fate {
  readonly digest: string;
  readonly goes: boolean;
  readonly why: string;
}

const TONES: Readonly<Record<string, Tone>> = {
  OK: "ok",
  ERROR: "bad",
  forged: "bad",
  unbound: "warn",
  "hand-made": "warn",
};

/** The word an image may be trusted for, with why. */
export function standingPill(word: string, why: string): HTMLElement {
  return h("span", { title: why }, pill(TONES[word] ?? "idle", word || "–"));
}
