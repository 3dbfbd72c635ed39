import {
  confirm,
  curlPost,
  diffView,
  h,
  pill,
  postJson,
  remark,
  stepCall,
  text,
  toast,
  when,
  type Page,
} from "@shera/kit";
import { joined, type Cluster, type ClusterNode, type Files } from "./model";

/** Files that were written on the nodes and are not in force. */
export interface Waiting {
  readonly at: string;
  readonly who: string;
  readonly why: string;
  readonly due: string;
  readonly trouble: string;
  readonly files: Files;
}

/** What waits, with what may be done about it. */
export function waitingBox(
  page: Page,
  cluster: Cluster,
  waiting: Waiting,
  before: Files,
  mayPush: boolean,
  done: () => Promise<void>,
): HTMLElement {
  const body = { nginx: cluster.cluster };
  const reload = () =>
    void confirm({
      title: text("later.reload.ask", cluster.cluster),
      consequences: [text("site.ask.staged")],
      detail: diffView(joined(before), joined(waiting.files)),
      verb: text("later.reload"),
      destructive: false,
      byHand: () => ({
        jenkinsfile: stepCall("pushNginx", { nginx: cluster.cluster, reload: "waiting" }),
        curl: curlPost(`${page.url}/reloadSite`, body),
      }),
      act: () => send(`${page.url}/reloadSite`, body, done),
    });
  const drop = () =>
    void confirm({
      title: text("later.drop.ask", cluster.cluster),
      consequences: [text("later.drop.why")],
      verb: text("later.drop"),
      destructive: true,
      byHand: () => ({ curl: curlPost(`${page.url}/dropSite`, body) }),
      act: () => send(`${page.url}/dropSite`, body, done),
    });
  return h(
    "div",
    { class: "shera-stack shera-ng__waiting" },
    h(
      "div",
      { class: "shera-row" },
      pill("info", text("later.title")),
      h("span", {}, text("later.by", waiting.who, new Date(waiting.at).toLocaleString(), waiting.why)),
      waiting.due !== "" && h("span", {}, text("later.due", new Date(waiting.due).toLocaleString())),
    ),
    waiting.trouble !== "" && remark("warning", text("later.trouble", waiting.trouble)),
    diffView(joined(before), joined(waiting.files)),
    mayPush &&
      h(
        "div",
        { class: "shera-row" },
        h("button", { type: "button", class: "jenkins-button", onclick: reload }, text("later.reload")),
        h("button", { type: "button", class: "jenkins-button", onclick: drop }, text("later.drop")),
      ),
  );
}

/** What a node has of a push that waits, or does not have of the newest; nothing where it is as all are to be. */
export function nodeMarks(
  page: Page,
  cluster: Cluster,
  node: ClusterNode,
  done: () => Promise<void>,
): (HTMLElement | false)[] {
  const behind = (cluster.behind ?? []).find((one) => one.node === node.name);
  const body = { nginx: cluster.cluster, node: node.name };
  const waits = node.waitingAt !== undefined && node.waitingAt !== "";
  const reload = () =>
    void confirm({
      title: text("later.reload.one.ask", node.name),
      consequences: [text("behind.why")],
      verb: text("later.reload.one"),
      destructive: false,
      byHand: () => ({ curl: curlPost(`${page.url}/reloadSite`, body) }),
      act: () => send(`${page.url}/reloadSite`, body, done),
    });
  const retry = () =>
    void confirm({
      title: text("behind.ask", node.name),
      consequences: [text("behind.why")],
      verb: text("behind.retry"),
      destructive: false,
      byHand: () => ({ curl: curlPost(`${page.url}/retrySite`, body) }),
      act: () => send(`${page.url}/retrySite`, body, done),
    });
  const small = (act: () => void, key: string) =>
    h(
      "button",
      {
        type: "button",
        class: "jenkins-button jenkins-button--tertiary",
        "aria-label": `${text(key)}: ${node.name}`,
        onclick: act,
      },
      text(key),
    );
  return [
    waits &&
      h(
        "div",
        { class: "shera-row" },
        pill("info", text("later.pill")),
        when(node.waitingAt ?? ""),
        cluster.canOverwrite && small(reload, "later.reload.one"),
      ),
    behind !== undefined &&
      h(
        "div",
        {},
        h(
          "div",
          { class: "shera-row" },
          pill("warn", text("behind.pill")),
          cluster.canOverwrite && small(retry, "behind.retry"),
        ),
        h("p", { class: "shera-muted" }, behind.why),
      ),
  ];
}

async function send(address: string, body: object, done: () => Promise<void>): Promise<void> {
  const { message } = await postJson<{ message: string }>(address, body);
  toast(message);
  await done();
}

/** When pushed files come in force. */
export function reloadFields(): {
  elements: HTMLElement[];
  values: () => { later?: true; reloadAt?: string; partial?: true };
} {
  const select = h(
    "select",
    { class: "jenkins-select__input", "aria-label": text("later") },
    ...["now", "click", "time"].map((key) => h("option", { value: key }, text(`later.${key}`))),
  );
  const at = h("input", { class: "jenkins-input", type: "datetime-local", "aria-label": text("later.at") });
  at.hidden = true;
  const box = h("input", { type: "checkbox" });
  const partial = h("label", { class: "shera-row" }, box, h("span", {}, text("partial")));
  select.addEventListener("change", () => {
    at.hidden = select.value !== "time";
    partial.hidden = select.value !== "now";
  });
  const values = () => {
    if (select.value === "now") return box.checked ? { partial: true as const } : {};
    const time = select.value === "time" && at.value !== "" ? { reloadAt: new Date(at.value).toISOString() } : {};
    return { later: true as const, ...time };
  };
  return { elements: [h("div", { class: "jenkins-select" }, select), at, partial], values };
}
