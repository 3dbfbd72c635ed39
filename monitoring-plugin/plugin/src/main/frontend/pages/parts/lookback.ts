import type { Band } from "./drawing";
import type { ChartData } from "./chartmodel";

/** A stretch of time in which an alert would have fired. */
export interface Firing {
  readonly pod: string;
  readonly from: string;
  readonly until: string;
  readonly ongoing: boolean;
  /** Absent for an infinite value. */
  readonly worst?: number;
}

/** What one limit would have done. */
export interface Outcome {
  readonly severity: "warning" | "critical";
  readonly limit: string;
  readonly times: number;
  readonly seconds: number;
  readonly shorter: number;
  readonly firings: readonly Firing[];
}

/** What one threshold would have done in one environment. */
export interface Preview extends ChartData {
  readonly environment: string;
  readonly server: string;
  readonly for: string;
  readonly since: string;
  readonly until: string;
  readonly step: number;
  readonly drawn: number;
  readonly measured: boolean;
  readonly outcomes: readonly Outcome[];
  readonly missing: readonly (readonly [string, string])[];
  readonly unreadable: readonly (readonly [string, string])[];
}

/** All that was looked back for. */
export interface Previews {
  readonly previews: readonly Preview[];
  readonly unwatched: readonly string[];
}

/** Seconds since 1970 of an instant. */
export function secondsOf(instant: string): number {
  return new Date(instant).getTime() / 1000;
}

/** A length of time as thresholds write it, with its two greatest parts: `2d3h`, `50m`. */
export function lasted(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, length] of [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join("") || "0s";
}

/** How long stretches are together, in seconds; both ends of each are in it. */
export function together(stretches: readonly (readonly [string, string])[], step: number): number {
  return stretches.reduce((sum, [from, until]) => sum + secondsOf(until) - secondsOf(from) + step, 0);
}

/** What lies behind the lines; `title` says what a stretch is. */
export function bandsOf(preview: Preview, title: (kind: Band["kind"]) => string): readonly Band[] {
  const between = (kind: Band["kind"], from: string, until: string, more: number): Band => ({
    from: secondsOf(from),
    until: secondsOf(until) + more,
    kind,
    title: title(kind),
  });
  return [
    ...preview.missing.map(([from, until]) => between("missing", from, until, preview.step)),
    ...preview.unreadable.map(([from, until]) => between("unreadable", from, until, preview.step)),
    ...preview.outcomes.flatMap((one) => one.firings.map((each) => between(one.severity, each.from, each.until, 0))),
  ];
}
