import { Problem, problemOf, problemOfAnswer, text } from "@shera/kit";

/** One event of an asciicast: seconds since the beginning, kind, text. */
export interface CastEvent {
  readonly at: number;
  readonly kind: string;
  readonly text: string;
}

/** Some events, and where to go on. */
export interface Piece {
  readonly events: readonly CastEvent[];
  readonly next: number;
  readonly last: boolean;
}

/** Reads a recording by parts, never the whole. */
export class Cast {
  constructor(
    private readonly url: string,
    private readonly recording: string,
  ) {}

  /** An address below the page with the recording and more named in it. */
  address(what: string, more: Record<string, string> = {}): string {
    return `${this.url}/${what}?${new URLSearchParams({ recording: this.recording, ...more }).toString()}`;
  }

  /** Events from a byte on, about a megabyte of them. */
  async piece(from: number): Promise<Piece> {
    const address = this.address("piece", { from: String(from) });
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw await problemOfAnswer(answer);
      const next = Number(answer.headers.get("X-SheRa-Next") ?? Number.NaN);
      if (!Number.isFinite(next)) throw new Problem(answer.status, { error: text("kit.problem.unexpected") });
      return {
        events: eventsOf(await answer.text()),
        next,
        last: answer.headers.get("X-SheRa-Last") === "true",
      };
    } catch (thrown) {
      throw problemOf(thrown, new URL(address, location.href).pathname);
    }
  }
}

/** The events of whole lines; what is none, such as the header, is passed over. */
export function eventsOf(lines: string): CastEvent[] {
  const events: CastEvent[] = [];
  for (const line of lines.split("\n")) {
    if (!line.startsWith("[")) continue;
    try {
      const [at, kind, said] = JSON.parse(line) as unknown[];
      if (typeof at === "number" && typeof kind === "string" && typeof said === "string")
        events.push({ at, kind, text: said });
    } catch {
      // What a crash has left behind.
    }
  }
  return events;
}
