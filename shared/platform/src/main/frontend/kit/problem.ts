import { text } from "./texts";

/** What the server says when it refuses: what happened, where, why, and what to do next. */
export interface ProblemReport {
  readonly error: string;
  readonly where?: string;
  readonly why?: string;
  readonly next?: string;
}

/** A refused or failed request, ready to be shown; `status` 0 means that no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly report: ProblemReport,
  ) {
    super(report.error);
    this.name = "Problem";
  }
}

/** Makes a problem of anything that was thrown. */
export function problemOf(thrown: unknown, where: string): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof DOMException && thrown.name === "TimeoutError") {
    return new Problem(0, { error: text("kit.problem.timeout"), where, next: text("kit.problem.timeout.next") });
  }
  if (thrown instanceof TypeError) {
    return new Problem(0, { error: text("kit.problem.offline"), where, next: text("kit.problem.offline.next") });
  }
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem(0, {
    error: text("kit.problem.unexpected"),
    where,
    why,
    next: text("kit.problem.unexpected.next"),
  });
}

/** Reads the problem out of an answer that is not a success. */
export async function problemOfAnswer(answer: Response): Promise<Problem> {
  const where = new URL(answer.url).pathname;
  const body: unknown = isJson(answer) ? await answer.json().catch(() => null) : null;
  if (isReport(body)) return new Problem(answer.status, { where, ...body });
  const known = text(`kit.problem.${answer.status}`);
  const error = known.startsWith("kit.") ? text("kit.problem.status", answer.status) : known;
  return new Problem(answer.status, { error, where, next: text(`kit.problem.next.${kindOf(answer.status)}`) });
}

/** True when an answer carries JSON. */
export function isJson(answer: Response): boolean {
  return /^application\/(\w+\+)?json\b/.test(answer.headers.get("Content-Type") ?? "");
}

function kindOf(status: number): "permission" | "reload" | "server" {
  if (status === 401 || status === 403) return "permission";
  return status < 500 ? "reload" : "server";
}

function isReport(body: unknown): body is ProblemReport {
  return typeof body === "object" && body !== null && typeof (body as ProblemReport).error === "string";
}
