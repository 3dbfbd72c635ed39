import {
  card,
  confirm,
  curlPost,
  empty,
  fill,
  getJson,
  h,
  pill,
  postJson,
  problemNotice,
  remark,
  Table,
  text,
  toast,
  when,
  type Page,
} from "@shera/kit";
import { whenAgain } from "./board";
import { standing, wanted, type Cluster, type Daemon, type Half, type Wanted } from "./model";

const LEVEL = { never: "idle", away: "bad", error: "bad", behind: "warn", serves: "ok" } as const;

/** A node with what is wanted of it. */
type Row = Daemon & { readonly wanted: Wanted };

/** The nodes of a cluster that ask for what they serve, what they told, and their tokens. */
export function kubengCard(page: Page, cluster: Cluster): HTMLElement {
  const said = h("div", {});
  const read = async () => {
    show(await getJson<Cluster>(`${page.url}/nodes?cluster=${encodeURIComponent(cluster.cluster)}`));
  };
  const table = new Table<Row>({
    label: text("kubeng.title"),
    key: (row) => row.name,
    columns: [
      { title: text("node"), cell: (row) => h("b", { class: "shera-ng__node" }, row.name), value: (row) => row.name },
      { title: text("state"), cell: state },
      { title: text("generation"), cell: (row) => generation(row.routes), kind: "number" },
      { title: text("weights"), cell: (row) => generation(row.weights), kind: "number" },
      { title: text("streams"), cell: (row) => generation(row.streams), kind: "number" },
      { title: text("kubeng.endpoints"), cell: addresses },
      { title: text("kubeng.reloads"), cell: (row) => row.routes?.reloads ?? "–", kind: "number" },
      { title: text("kubeng.heard"), cell: (row) => (row.heardAt ? when(row.heardAt) : "–") },
      { title: text("kubeng.version"), cell: (row) => row.version || "–" },
      { title: text("kubeng.token"), cell: (row) => token(page, cluster, row, said, read) },
    ],
    whenEmpty: () => empty(text("noNodes"), text("noNodes.why")),
  });
  const show = (now: Cluster) => table.show((now.daemons ?? []).map((daemon) => ({ ...daemon, wanted: wanted(now) })));
  show(cluster);
  const keys = h("a", { class: "shera-ng__link", href: `${page.shera}/../shera-kubeng/keys.pem` }, text("kubeng.key"));
  const failed = (thrown: unknown) => fill(said, problemNotice(thrown));
  return whenAgain(
    card(text("kubeng.title"), [said, table.element, h("p", {}, keys)]),
    () => void read().catch(failed),
  );
}

function generation(half: Half | undefined): HTMLElement | string {
  return half ? h("span", { title: half.sha }, String(half.generation)) : "–";
}

/** How far the addresses are, and whether their changes take reloads. */
function addresses(daemon: Daemon): HTMLElement | string {
  const following = daemon.following;
  if (!daemon.routes) return "–";
  if (!following) return String(daemon.routes.endpoints);
  const way = following.reloads ? text("kubeng.reloading") : text("kubeng.live", following.live);
  const why = following.reason === "" ? following.reloading : [following.reason];
  return h(
    "div",
    {},
    String(daemon.routes.endpoints),
    h("p", { class: "shera-muted" }, way),
    why.length > 0 && h("ul", { class: "shera-ng__changes" }, ...why.map((line) => h("li", {}, line))),
  );
}

function state(daemon: Row): HTMLElement {
  const now = standing(daemon, daemon.wanted, Date.now());
  const label = now === "behind" ? text("kubeng.behind", daemon.wanted.wantedGeneration ?? 0) : text(`kubeng.${now}`);
  const halves = [daemon.routes, daemon.weights, daemon.streams].filter((half): half is Half => half !== undefined);
  const lines = halves.flatMap((half) => [half.error, ...half.leftOut]).filter((line) => line !== "");
  const leases = daemon.leases ?? [];
  return h(
    "div",
    {},
    pill(LEVEL[now], label),
    lines.length > 0 && h("p", { class: "shera-muted" }, text("kubeng.said")),
    lines.length > 0 && h("ul", { class: "shera-ng__changes" }, ...lines.map((line) => h("li", {}, line))),
    leases.length > 0 &&
      h("p", { class: "shera-muted" }, text("kubeng.leases", leases.length, leases.filter((one) => one.over).length)),
  );
}

function token(
  page: Page,
  cluster: Cluster,
  daemon: Daemon,
  said: HTMLElement,
  read: () => Promise<void>,
): HTMLElement {
  const body = { nginx: cluster.cluster, node: daemon.name };
  const since = daemon.token === "" ? text("kubeng.noTokenYet") : when(daemon.token);
  if (!cluster.canIssue) return h("span", {}, since);
  const make = async () => {
    const made = await postJson<{ readonly token: string }>(`${page.url}/kubengToken`, body);
    fill(
      said,
      remark("info", text("kubeng.made", daemon.name)),
      h("p", {}, h("code", { id: "kubeng-token" }, made.token)),
    );
    await read();
  };
  const ask = (verb: string, title: string, address: string, act: () => Promise<void>) =>
    void confirm({
      title,
      consequences: [text("kubeng.replace.lost")],
      verb,
      destructive: true,
      byHand: () => ({ curl: curlPost(`${page.url}/${address}`, body) }),
      act,
    });
  const renew =
    daemon.token === ""
      ? button(text("kubeng.make"), () => void make().catch((thrown: unknown) => fill(said, problemNotice(thrown))))
      : button(text("kubeng.replace"), () =>
          ask(text("kubeng.replace"), text("kubeng.replace.title", daemon.name), "kubengToken", make),
        );
  const revoke =
    daemon.token !== "" &&
    button(text("kubeng.revoke"), () =>
      ask(text("kubeng.revoke"), text("kubeng.revoke.title", daemon.name), "kubengRevoke", async () => {
        await postJson(`${page.url}/kubengRevoke`, body);
        toast(text("kubeng.revoked"));
        fill(said);
        await read();
      }),
    );
  return h("div", { class: "shera-row" }, h("span", {}, since), renew, revoke);
}

function button(label: string, onclick: () => void): HTMLElement {
  return h("button", { type: "button", class: "jenkins-button", onclick }, label);
}
