import { getJson, h, Problem, quantity, text, type ProblemReport } from "@shera/kit";
import { send } from "./upload";

interface Fetched {
  readonly state: "running" | "done" | "failed";
  readonly bytes: number;
  readonly size?: number;
  readonly left?: number;
  readonly problem?: ProblemReport;
}

/** What came, and how many sockets, pipes and devices are not in it. */
export interface Got {
  readonly content: Blob;
  readonly left: number;
}

const LOOK_MILLIS = 500;
const MOST_FAILURES = 8;
const LONGEST_WAIT_MILLIS = 15_000;

/**
 * Brings a file, or with `folder` a folder as archive, out of a container: has the server read it, then fetches it and goes on where it was
 * after a cut. A stop ends both sides.
 */
export async function fetchFile(
  address: (verb: string, more: Record<string, string>) => string,
  name: string,
  folder: boolean,
  show: (label: string, done: number | null) => void,
  stop: AbortSignal,
): Promise<Got> {
  const download = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((one) => one.toString(16).padStart(2, "0"))
    .join("");
  await send(address("fetch", { download, folder: String(folder) }), new Blob([]));
  try {
    const { size = 0, left = 0 } = await gathered(address("fetched", { download }), name, show, stop);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let at = 0;
    for (let failures = 0; at < size;) {
      const from = at;
      try {
        for await (const part of streamed(address("piece", { download, offset: String(at) }), stop)) {
          parts.push(part);
          at += part.length;
          show(text("files.fetching", name), at / size);
        }
        if (at === from) throw new Error("nothing came");
      } catch (thrown) {
        failures = at > from ? 1 : failures + 1;
        if (stop.aborted || thrown instanceof Problem || failures > MOST_FAILURES) throw thrown;
        await pause(Math.min(LONGEST_WAIT_MILLIS, 250 * 2 ** failures), stop);
      }
    }
    return { content: new Blob(parts), left };
  } catch (thrown) {
    if (!stop.aborted) throw thrown;
    throw new Problem(0, { error: text("files.get.cancelled"), where: "", next: text("files.get.cancelled.next") });
  } finally {
    // That it stays for an hour is all that comes of a server that does not hear this.
    await send(address("drop", { download }), new Blob([])).catch(() => "");
  }
}

async function gathered(
  url: string,
  name: string,
  show: (label: string, done: number | null) => void,
  stop: AbortSignal,
): Promise<Fetched> {
  for (let failures = 0; ;) {
    try {
      const now = await getJson<Fetched>(url);
      failures = 0;
      if (now.state === "failed") throw new Problem(409, now.problem ?? { error: text("kit.problem.status", 409) });
      if (now.state === "done") return now;
      show(text("files.gathering", name, quantity(now.bytes, "bytes")), null);
    } catch (thrown) {
      failures += 1;
      if (!(thrown instanceof Problem) || thrown.status !== 0 || failures > MOST_FAILURES) throw thrown;
    }
    await pause(LOOK_MILLIS, stop);
  }
}

async function* streamed(url: string, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) {
    const report = (await response.json().catch(() => null)) as ProblemReport | null;
    throw new Problem(response.status, report ?? { error: text("kit.problem.status", response.status) });
  }
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function pause(millis: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) reject(new Error("stopped"));
    const timer = setTimeout(resolve, millis);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("stopped"));
    });
  });
}

/** Gives content to the browser to be saved. */
export function save(content: Blob, name: string): void {
  const href = URL.createObjectURL(content);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
