/** One line of a container's output. */
export interface LogLine {
  readonly time: string;
  readonly nanos: string;
  readonly pod: string;
  readonly container: string;
  readonly text: string;
  /** Bytes of a long line that are not in `text`. */
  readonly omitted?: number;
}

/** A container whose lines are missing; `begun` when there are some of it. */
export interface Unread {
  readonly pod: string;
  readonly container: string;
  readonly begun: boolean;
  readonly why: string;
}

/** Where a container's lines came from; `why` is empty unless a log agent was asked in vain. */
export interface Origin {
  readonly pod: string;
  readonly container: string;
  readonly source: "agent" | "kubernetes";
  readonly why: string;
  readonly ordered: boolean;
  readonly cut: boolean;
  readonly clockMillis: number;
}

/** Lines in the order of their times; `cut` when the range has more before them, `stopped` the time where reading was given up. */
export interface Lines {
  readonly cut: boolean;
  readonly stopped: string;
  readonly containers: {
    readonly matching: number;
    readonly skipped: number;
    readonly read: number;
  };
  readonly unread: readonly Unread[];
  readonly ordered: boolean;
  readonly sources: readonly Origin[];
  readonly store: {
    readonly why: string;
    readonly link: string;
  };
  readonly lines: readonly LogLine[];
}

/** A container that may be read. */
export interface Container {
  readonly pod: string;
  readonly container: string;
  readonly state: string;
  readonly restarts: number;
  readonly previous: boolean;
}

/** What the page itself knows. */
export interface Logs {
  readonly application: string;
  readonly environments: readonly string[];
}

/** What the reader chose. */
export interface Choice {
  readonly environment: string;
  readonly pod: string;
  readonly container: string;
  readonly since: string;
  readonly until: string;
  readonly previous: boolean;
  /** Only lines like this; the server looks for it in the whole range. */
  readonly grep: string;
  /** Whether that is an expression. */
  readonly regex: boolean;
}

/** The query of a choice; empty values are left out. */
export function query(choice: Choice, more: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    ...choice,
    previous: choice.previous ? "true" : "",
    regex: choice.regex ? "true" : "",
    ...more,
  };
  const given = Object.entries(all).filter(([, value]) => value !== "");
  return new URLSearchParams(given).toString();
}

/** Lines that hold the text, whatever its case; all for an empty one. */
export function matching(lines: readonly LogLine[], wanted: string): readonly LogLine[] {
  const low = wanted.toLowerCase();
  return low === "" ? lines : lines.filter((line) => line.text.toLowerCase().includes(low));
}

/** A text cut where the wanted one occurs: every second part is a hit. */
export function parts(line: string, wanted: string): readonly string[] {
  if (wanted === "") return [line];
  const found: string[] = [];
  const low = line.toLowerCase();
  let from = 0;
  for (let at = low.indexOf(wanted.toLowerCase()); at >= 0; at = low.indexOf(wanted.toLowerCase(), from)) {
    found.push(line.slice(from, at), line.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...found, line.slice(from)];
}

/** The containers that were not read, or not to the end, with the reason. */
export function named(unread: readonly Unread[], begun: boolean): string {
  return unread
    .filter((one) => one.begun === begun)
    .map((one) => `${one.pod}/${one.container} (${one.why})`)
    .join(", ");
}

const OVERLAP_NANOS = 5_000_000_000n;

/** Some seconds before a line: what another pod wrote then may only now have come. */
export function earlier(nanos: string): string {
  const at = BigInt(nanos) - OVERLAP_NANOS;
  return String(at > 0n ? at : 0n);
}

/** Lines read before and lines read now as one, in order of time, each once. */
export function joined(before: readonly LogLine[], now: readonly LogLine[]): LogLine[] {
  const key = (line: LogLine) => `${line.nanos} ${line.pod} ${line.container} ${line.text}`;
  const seen = new Set(before.map(key));
  const added = now.filter((line) => !seen.has(key(line)));
  if (added.length === 0) return [...before];
  const order = (one: LogLine, other: LogLine) => Number(BigInt(one.nanos) - BigInt(other.nanos));
  return [...before, ...added].sort(order);
}
