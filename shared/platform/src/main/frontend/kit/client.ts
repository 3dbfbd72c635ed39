import { isJson, Problem, problemOf, problemOfAnswer } from "./problem";
import { text } from "./texts";

const TIMEOUT_MILLIS = 30_000;

/** Reads JSON; throws a {@link Problem} that says what went wrong. */
export function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return send<T>(url, { headers: { Accept: "application/json" } }, signal);
}

/** Sends JSON with the crumb of this page; an empty answer gives undefined. */
export function postJson<T = void>(url: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Content-Type": "application/json" };
  const { crumbHeader, crumbValue } = document.head.dataset;
  if (crumbHeader && crumbValue) headers[crumbHeader] = crumbValue;
  return send<T>(url, { method: "POST", headers, body: JSON.stringify(body ?? {}) }, signal);
}

async function send<T>(url: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLIS);
  try {
    const answer = await fetch(url, {
      ...request,
      credentials: "same-origin",
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!answer.ok) throw await problemOfAnswer(answer);
    if (answer.status === 204) return undefined as T;
    if (!isJson(answer)) throw signedOut(answer);
    return (await answer.json()) as T;
  } catch (thrown) {
    throw problemOf(thrown, new URL(url, location.href).pathname);
  }
}

/** A page instead of data: Jenkins answered with its sign-in form. */
function signedOut(answer: Response): Problem {
  return new Problem(answer.status, {
    error: text("kit.problem.signedOut"),
    where: new URL(answer.url).pathname,
    next: text("kit.problem.signedOut.next"),
  });
}
