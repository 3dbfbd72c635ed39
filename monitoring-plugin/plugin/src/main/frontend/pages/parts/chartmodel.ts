/** One value: seconds since 1970, and what was measured. */
export type Point = readonly [number, number];

/** The values of one pod, oldest first. */
export interface Line {
  readonly pod: string;
  readonly points: readonly Point[];
}

/** One metric of an application. */
export interface ChartData {
  /** What the chart is called, where the metric's own name does not do. */
  readonly title?: string;
  readonly metric: string;
  readonly unit: string;
  readonly series: string;
  readonly exporter: string;
  readonly left: number;
  readonly warning?: number | null;
  readonly critical?: number | null;
  readonly lines: readonly Line[];
  /** Where the beginning of the chart is a history's. */
  readonly past?: Past;
}

/** How the beginning of a chart was kept, until when it is from there, and how many seconds lie between two of its values. */
export interface Past {
  readonly measurement: string;
  readonly until: number;
  readonly step: number;
}

/** All metrics over the same stretch of time. */
export interface Charts {
  readonly server: string;
  readonly since: string;
  readonly until: string;
  readonly step: number;
  readonly charts: readonly ChartData[];
  /** The name of the history that the cluster has, and why it gave nothing, in one word. */
  readonly history: string;
  readonly historyProblem: string;
  /** How many seconds Prometheus keeps, where it says; the moment since when, where the charts begin before it. */
  readonly keeps?: number;
  readonly keptSince?: string;
}

/** Something that happened, drawn as an upright line. */
export interface Mark {
  readonly at: number;
  readonly kind: "release" | "alert";
  readonly title: string;
}

/** An entry of the timeline, as far as it is needed here. */
export interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly environment: string;
}

/** What of a timeline is drawn in a chart of an environment. */
export function marksOf(entries: readonly Entry[], environment: string, since: number, until: number): readonly Mark[] {
  return entries
    .filter((one) => ["release", "canary", "push", "alert"].includes(one.kind))
    .filter((one) => one.environment === "" || one.environment === environment)
    .map((one) => ({
      at: new Date(one.at).getTime() / 1000,
      kind: one.kind === "alert" ? ("alert" as const) : ("release" as const),
      title: one.title,
    }))
    .filter((one) => one.at >= since && one.at <= until)
    .sort((left, right) => left.at - right.at);
}

/**
 * Path data of a line within a box; where a value is missing, and where it comes from another source, the line is broken instead of drawn
 * through.
 */
export function pathOf(
  points: readonly Point[],
  step: number,
  x: (at: number) => number,
  y: (value: number) => number,
  past?: Past,
): string {
  let path = "";
  let before = Number.NEGATIVE_INFINITY;
  for (const [at, value] of points) {
    // A line of no length is a dot: a value that stands alone is seen, too.
    const isPast = past !== undefined && at < past.until;
    const changes = past !== undefined && !isPast && before < past.until;
    const begins = changes || at - before > (isPast ? Math.max(step, past.step) : step) * 1.5;
    path += `${begins ? "M" : "L"}${round(x(at))} ${round(y(value))}${begins ? "h0" : ""}`;
    before = at;
  }
  return path;
}

/** Round numbers from nothing to at least the greatest value, four or five of them. */
export function ticksOf(greatest: number, binary: boolean): readonly number[] {
  if (!(greatest > 0)) return [0, 1];
  const base = binary ? 1024 ** Math.floor(Math.log(greatest) / Math.log(1024)) : 1;
  const rough = greatest / base / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one * 4 >= greatest / base - 1e-9) ?? power * 10;
  const ticks: number[] = [];
  for (let tick = 0; ticks.length === 0 || (ticks.at(-1) ?? 0) < greatest - 1e-9; tick += 1)
    ticks.push(tick * step * base);
  return ticks;
}

/** The value of a line nearest to a moment, unless it lies further away than one step. */
export function valueNear(points: readonly Point[], at: number, step: number): number | null {
  let best: Point | null = null;
  for (const point of points) if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point;
  return best !== null && Math.abs(best[0] - at) <= step ? best[1] : null;
}

/** A measured value with its unit, as people read it. */
export function measured(value: number, unit: string): string {
  if (unit === "bytes" || unit === "bytes_per_second") {
    const powers = ["B", "KiB", "MiB", "GiB", "TiB"];
    const power = Math.max(0, Math.min(4, Math.floor(Math.log(Math.max(1, Math.abs(value))) / Math.log(1024))));
    return `${short(value / 1024 ** power)} ${powers[power]}${unit === "bytes" ? "" : "/s"}`;
  }
  if (unit === "percent") return `${short(value)} %`;
  if (unit === "seconds") return value < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
  return unit === "per_second" ? `${short(value)}/s` : short(value);
}

/** How long Prometheus keeps values: in days, or in hours below two. */
export function keptFor(seconds: number): {
  readonly key: "beyond.days" | "beyond.hours";
  readonly count: number;
} {
  return seconds < 172_800
    ? { key: "beyond.hours", count: Math.round(seconds / 360) / 10 }
    : { key: "beyond.days", count: Math.round(seconds / 8640) / 10 };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
