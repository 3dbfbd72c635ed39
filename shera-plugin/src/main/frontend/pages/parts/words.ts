import { number, pill, text, type Tone } from "@shera/kit";
import type { RunFacts } from "./model";

const GATES: Readonly<Record<string, Tone>> = { OK: "ok", ERROR: "bad", unbound: "warn" };
const RESULTS: Readonly<Record<string, Tone>> = { SUCCESS: "ok", UNSTABLE: "warn", FAILURE: "bad" };

/** The gate in a pill; nothing where none was asked for. */
export function gatePill(gate: string): HTMLElement | null {
  return gate === "" ? null : pill(GATES[gate] ?? "idle", `${text("gate")} ${gate}`);
}

/** How a build stands. */
export function resultPill(run: RunFacts): HTMLElement {
  if (run.building) return pill("info", text("running"));
  return pill(RESULTS[run.result] ?? "idle", run.result || "–");
}

/** Seconds and minutes as people say them. */
export function took(millis: number): string {
  if (millis < 10_000) return `${number(Math.round(millis / 100) / 10)} s`;
  const seconds = Math.round(millis / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Bytes in MB, small ones in kB. */
export function megabytes(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 100) / 10)} kB`;
  return `${number(bytes / 1_000_000)} MB`;
}

/** The first digits of a digest. */
export function short(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}
