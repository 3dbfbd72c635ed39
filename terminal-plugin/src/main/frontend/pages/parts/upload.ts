import { Problem, text, type ProblemReport } from "@shera/kit";

/** Sends bytes with the crumb of this page and tells how much of them has left, between 0 and 1; gives the SHA-256 the server found. */
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
      const answer = request.response as (ProblemReport & { sha256?: string }) | null;
      if (request.status === 200) resolve(answer?.sha256 ?? "");
      else reject(new Problem(request.status, answer ?? { error: text("kit.problem.status", request.status) }));
    });
    stop?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
