import { getJson, Problem, text, type ProblemReport } from "@shera/kit";

const PIECE_BYTES = 4 * 1024 * 1024;
const MOST_FAILURES = 8;
const LONGEST_WAIT_MILLIS = 15_000;

/** Sends a file piece by piece and goes on where it was after a cut; gives what the server says of it, see {@link send}. */
export async function sendFile(
  address: (verb: string, more: Record<string, string>) => string,
  file: Blob,
  share: (done: number) => void,
  stop: AbortSignal,
): Promise<string> {
  const upload = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((one) => one.toString(16).padStart(2, "0"))
    .join("");
  let at = 0;
  let failures = 0;
  for (;;) {
    const piece = file.slice(at, at + PIECE_BYTES);
    const from = at;
    const url = address("upload", { upload, offset: String(at), total: String(file.size) });
    try {
      const said = await send(url, piece, (part) => share((from + part * piece.size) / Math.max(1, file.size)), stop);
      if (said !== "") return said;
      at += piece.size;
      failures = 0;
    } catch (thrown) {
      failures += 1;
      if (stop.aborted || failures > MOST_FAILURES || !isCut(thrown)) throw thrown;
      await new Promise((next) => setTimeout(next, Math.min(LONGEST_WAIT_MILLIS, 250 * 2 ** failures)));
      at = await getJson<{ received: number }>(address("received", { upload })).then(
        ({ received }) => received,
        () => at,
      );
    }
  }
}

function isCut(thrown: unknown): boolean {
  return (
    thrown instanceof Problem && (thrown.status === 0 || (thrown.status === 409 && thrown.report.where === "offset"))
  );
}

/**
 * Sends bytes with the crumb of this page and tells how much of them has left, between 0 and 1; gives the SHA-256 of a file that is there
 * now, the number of files of an archive that was unpacked, or nothing while more is to come.
 */
export function send(url: string, body: Blob, share?: (done: number) => void, stop?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = (key: string) => () =>
      reject(new Problem(0, { error: text(key), where: "", next: text(`${key}.next`) }));
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    const { crumbHeader, crumbValue } = document.head.dataset;
    if (crumbHeader && crumbValue) request.setRequestHeader(crumbHeader, crumbValue);
    request.upload.addEventListener("progress", ({ loaded, total }) => share?.(total > 0 ? loaded / total : 0));
    request.addEventListener("error", lost("kit.problem.offline"));
    request.addEventListener("abort", lost("files.cancelled"));
    request.addEventListener("load", () => {
      const answer = request.response as (ProblemReport & { sha256?: string; files?: number }) | null;
      if (request.status === 200) resolve(answer?.sha256 ?? (answer?.files === undefined ? "" : String(answer.files)));
      else reject(new Problem(request.status, answer ?? { error: text("kit.problem.status", request.status) }));
    });
    stop?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
