import { curlPost, byHandToggle, fill, h, postJson, problemNotice, remark, text } from "@shera/kit";

interface Counted {
  readonly left: number;
  readonly pods: readonly {
    readonly pod: string;
    readonly threads: number;
    readonly files: number;
    readonly sockets: number;
    readonly problem: string;
  }[];
}

/** A button by which the containers count for themselves, once, and what they counted below it. */
export function countBox(url: string, environment: string): HTMLElement {
  const place = h("div", { class: "shera-stack", "aria-live": "polite" });
  const body = { environment };
  const button = h("button", { type: "button", class: "jenkins-button" }, text("count"));
  const hand = byHandToggle(() => ({ curl: curlPost(`${url}/count`, body) }));
  button.addEventListener("click", () => {
    button.disabled = true;
    postJson<Counted>(`${url}/count`, body)
      .then((answer) => fill(place, ...drawn(answer)))
      .catch((thrown: unknown) => fill(place, problemNotice(thrown)))
      .finally(() => (button.disabled = false));
  });
  return h(
    "div",
    { class: "shera-stack shera-count" },
    h("div", { class: "shera-muted" }, text("count.why")),
    h("div", { class: "jenkins-buttons-row" }, button, hand.button),
    hand.panel,
    place,
  );
}

function drawn(answer: Counted): readonly HTMLElement[] {
  if (answer.pods.length === 0) return [remark("info", text("count.none"))];
  const keys = ["threads", "sockets", "files"] as const;
  const rows = answer.pods.map((one) => {
    const known = ["NO_SHELL", "LATE"].includes(one.problem);
    const problem = known ? text(`count.${one.problem}`) : text("count.failed", one.problem);
    const cells =
      one.problem === ""
        ? keys.map((key) =>
            h("td", { class: "shera-cell--number" }, one[key] < 0 ? text("count.unseen") : String(one[key])),
          )
        : [h("td", { colspan: keys.length }, problem)];
    return h("tr", {}, h("td", {}, one.pod), ...cells);
  });
  const head = [text("pod"), ...keys.map((key) => text(`metric.${key}`))];
  const table = h(
    "table",
    { class: "jenkins-table jenkins-table--small" },
    h("thead", {}, h("tr", {}, ...head.map((said) => h("th", { scope: "col" }, said)))),
    h("tbody", {}, ...rows),
  );
  const frame = h("div", { class: "shera-table__frame" }, table);
  return answer.left > 0 ? [frame, remark("info", text("count.left", answer.left))] : [frame];
}
