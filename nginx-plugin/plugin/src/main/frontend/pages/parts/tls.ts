import {
  card,
  confirm,
  curlPost,
  dnsLabel,
  empty,
  fill,
  Form,
  getJson,
  h,
  pill,
  postJson,
  problemNotice,
  remark,
  shell,
  Table,
  text,
  toast,
  when,
  whenChanged,
  type Field,
  type Page,
} from "@shera/kit";
import { fillCalmly, whenAgain } from "./board";
import { ending, type Certificate, type Certificates } from "./certificates";
import type { Cluster } from "./model";

/** The certificates that routes of the cluster may show: put, followed in Kubernetes, deleted. */
export function tlsCard(page: Page, cluster: Cluster, changed: () => Promise<void>): HTMLElement {
  const content = h("div", { class: "shera-stack" });
  const element = card(text("tls.title"), [h("p", { class: "shera-muted" }, text("tls.why")), content]);
  const address = `${page.url}/certificates?cluster=${encodeURIComponent(cluster.cluster)}`;
  const show = whenChanged((found: Certificates) => fillCalmly(content, ...drawn(page, found, changed)));
  const read = () =>
    void getJson<Certificates>(address).then(show, (thrown: unknown) => fillCalmly(content, problemNotice(thrown)));
  read();
  return whenAgain(element, read);
}

function drawn(page: Page, found: Certificates, changed: () => Promise<void>): HTMLElement[] {
  const table = new Table<Certificate>({
    label: text("tls.title"),
    key: (row) => `${row.platform}/${row.name}`,
    columns: [
      {
        title: text("tls.name"),
        cell: (row) =>
          h(
            "div",
            { class: "shera-row" },
            h("b", { class: "shera-ng__node", title: row.subject }, row.name),
            pill(row.platform ? "info" : "idle", text(row.platform ? "tls.platform" : "tls.own")),
          ),
        value: (row) => row.name,
      },
      { title: text("tls.for"), cell: (row) => h("span", {}, (row.names ?? []).join(", ") || "–") },
      { title: text("tls.issuer"), cell: (row) => row.issuer ?? "–" },
      { title: text("tls.ends"), cell: ends, value: (row) => row.notAfter ?? "" },
      { title: text("tls.source"), cell: source },
      { title: text("tls.delete"), kind: "tight", cell: (row) => remove(page, found, row, changed) },
    ],
    whenEmpty: () => empty(text("tls.none")),
  });
  table.show([...found.certificates]);
  if (!found.mayPut) return [table.element];
  const place = h("div", {});
  const open = h(
    "button",
    {
      type: "button",
      id: "certificate-put",
      class: "jenkins-button",
      onclick: () => form(page, found, place, open, changed),
    },
    text("tls.put"),
  );
  return [table.element, place, h("div", { class: "shera-row" }, open)];
}

function ends(row: Certificate): HTMLElement {
  if (row.notAfter === undefined || row.daysLeft === undefined) return pill("bad", text("tls.unread"));
  const label = row.daysLeft < 0 ? text("tls.over") : text("tls.left", row.daysLeft);
  return h(
    "div",
    { class: "shera-row", title: text("tls.fingerprint", row.fingerprint ?? "") },
    pill(ending(row.daysLeft), label),
    when(row.notAfter),
  );
}

function source(row: Certificate): HTMLElement {
  return h(
    "div",
    {},
    row.secret === "" ? text("tls.given") : h("code", {}, row.secret),
    row.problem !== "" && remark("warning", row.problem),
  );
}

function form(
  page: Page,
  found: Certificates,
  place: HTMLElement,
  open: HTMLElement,
  changed: () => Promise<void>,
): void {
  const close = () => {
    fill(place);
    open.hidden = false;
  };
  const platform: Field[] = found.mayPlatform ? [{ name: "platform", label: text("tls.forAll"), kind: "switch" }] : [];
  const drawn = new Form({
    label: text("tls.put"),
    fields: [
      { name: "name", label: text("tls.name"), kind: "text", required: true, rule: dnsLabel, placeholder: "shop" },
      { name: "chain", label: text("tls.chain"), kind: "longtext" },
      { name: "key", label: text("tls.key"), kind: "longtext" },
      { name: "secret", label: text("tls.secret"), kind: "text", placeholder: "prod/web/shop-tls" },
      ...platform,
    ],
    values: {},
    verb: text("tls.put"),
    send: async (body) => {
      await postJson(`${page.url}/putCertificate`, { nginx: found.cluster, ...body });
      toast(text("tls.kept"));
      await changed();
    },
    cancel: close,
    byHand: (body) => ({ curl: byHand(`${page.url}/putCertificate`, { nginx: found.cluster, ...body }) }),
  });
  open.hidden = true;
  fill(place, drawn.element);
  drawn.focus();
}

/** What was pasted stays in its field: a command line would keep the key in a history. */
function byHand(url: string, body: Record<string, unknown>): string {
  const { chain, key, secret, ...rest } = body;
  if (typeof secret === "string" && secret !== "") return curlPost(url, { ...rest, secret });
  return [
    "jq -n --rawfile c chain.pem --rawfile k key.pem \\",
    `  ${shell(`${JSON.stringify(rest)} + {chain: $c, key: $k}`)} |`,
    'curl --fail-with-body --user "$USER:$TOKEN" \\',
    `  ${shell(new URL(url, location.href).href)} --json @-`,
  ].join("\n");
}

function remove(page: Page, found: Certificates, row: Certificate, changed: () => Promise<void>): HTMLElement | string {
  if (row.platform ? !found.mayPlatform : !found.mayPut) return "";
  const body = { nginx: found.cluster, name: row.name, platform: row.platform };
  const ask = () =>
    void confirm({
      title: text("tls.delete.title", row.name),
      consequences: [text("tls.delete.lost")],
      verb: text("tls.delete"),
      destructive: true,
      byHand: () => ({ curl: curlPost(`${page.url}/deleteCertificate`, body) }),
      act: async () => {
        await postJson(`${page.url}/deleteCertificate`, body);
        toast(text("tls.deleted"));
        await changed();
      },
    });
  return h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary",
      "aria-label": `${text("tls.delete")}: ${row.name}`,
      onclick: ask,
    },
    text("tls.delete"),
  );
}
