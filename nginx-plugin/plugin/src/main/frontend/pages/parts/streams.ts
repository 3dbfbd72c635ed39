import {
  card,
  confirm,
  curlPost,
  empty,
  fill,
  Form,
  h,
  postJson,
  remark,
  stepCall,
  Table,
  text,
  toast,
  type Field,
  type Page,
} from "@shera/kit";
import type { Cluster, Stream } from "./model";

/** The TCP and UDP ports of the cluster: published, replaced and given up. */
export function streamsCard(page: Page, cluster: Cluster, changed: () => Promise<void>): HTMLElement {
  const read = cluster.nodes.filter((node) => node.streams);
  const streams = cluster.streams ?? read[0]?.streams ?? [];
  const same = read.every((node) => JSON.stringify(node.streams) === JSON.stringify(streams));
  const table = new Table<Stream>({
    label: text("streams"),
    key: (row) => row.name,
    columns: [
      { title: text("streams.port"), cell: (row) => h("code", {}, row.name), value: (row) => row.port },
      { title: text("streams.leads"), cell: (row) => `${row.application} (${row.environment})` },
      {
        title: text("streams.members"),
        cell: (row) => row.members.map((one) => one.address).join(", "),
      },
      { title: text("streams.who"), cell: who },
      { title: text("streams.remove"), kind: "tight", cell: (row) => remove(page, cluster, row, changed) },
    ],
    whenEmpty: () => empty(text("streams.none"), text("streams.none.why")),
  });
  table.show(streams);
  const place = h("div", { class: "shera-ng__rules" });
  const open = h(
    "button",
    {
      type: "button",
      id: "stream-put",
      class: "jenkins-button",
      onclick: () => form(page, cluster, place, open, changed),
    },
    text("streams.put"),
  );
  return card(text("streams"), [
    !same && remark("warning", text("differ", read[0]?.name ?? "")),
    table.element,
    place,
    cluster.mayRule && h("div", { class: "shera-row" }, open),
  ]);
}

function who(row: Stream): string {
  const said = [
    row.allow !== "" && `${text("rules.allow")}: ${row.allow}`,
    row.deny !== "" && `${text("rules.deny")}: ${row.deny}`,
  ].filter(Boolean);
  return said.length === 0 ? text("streams.anybody") : said.join("; ");
}

function form(page: Page, cluster: Cluster, place: HTMLElement, open: HTMLElement, changed: () => Promise<void>): void {
  const addresses: Field[] = cluster.daemons
    ? [
        {
          name: "address",
          label: text("streams.address"),
          kind: "select",
          choices: ["clusterIP", "podIP", "nodePort"].map((word) => ({ value: word, label: word })),
        },
      ]
    : [];
  const drawn = new Form({
    label: text("streams.put"),
    fields: [
      { name: "application", label: text("streams.application"), kind: "text", required: true },
      { name: "environment", label: text("streams.environment"), kind: "text", required: true },
      {
        name: "protocol",
        label: text("streams.protocol"),
        kind: "select",
        required: true,
        choices: [
          { value: "tcp", label: "TCP" },
          { value: "udp", label: "UDP" },
        ],
      },
      { name: "port", label: text("streams.port"), kind: "text", required: true, placeholder: "5432" },
      { name: "service", label: text("streams.service"), kind: "text" },
      { name: "servicePort", label: text("streams.servicePort"), kind: "text" },
      ...addresses,
      { name: "members", label: text("streams.members"), kind: "text", placeholder: "10.0.0.5:5432 10.0.0.6:5432" },
      { name: "connectTimeout", label: text("rules.connectTimeout"), kind: "text" },
      { name: "idleTimeout", label: text("streams.idleTimeout"), kind: "text" },
      { name: "allow", label: text("rules.allow"), kind: "text", placeholder: "10.0.0.0/8 fd00::/8" },
      { name: "deny", label: text("rules.deny"), kind: "text" },
    ],
    values: { protocol: "tcp", ...(cluster.daemons ? { address: "clusterIP" } : {}) },
    verb: text("rules.save"),
    send: async (body) => {
      const said = await postJson<{ message: string; warnings: readonly string[] }>(`${page.url}/stream`, {
        nginx: cluster.cluster,
        ...body,
      });
      toast([...said.warnings, said.message].join(" "));
      await changed();
    },
    cancel: () => {
      fill(place);
      open.hidden = false;
    },
    byHand: (body) => {
      const said = given(body);
      const { members, ...rest } = said;
      const named = String(members ?? "")
        .split(/[\s,]+/)
        .filter((one) => /^[\w.:[\]]+$/.test(one))
        .map((one) => `'${one}'`)
        .join(", ");
      const step = stepCall("publishStream", { nginx: cluster.cluster, ...rest });
      return {
        jenkinsfile: named === "" ? step : `${step}, members: [${named}]`,
        curl: curlPost(`${page.url}/stream`, { nginx: cluster.cluster, ...said }),
      };
    },
  });
  open.hidden = true;
  fill(place, drawn.element);
  drawn.focus();
}

/** What was answered, numbers as numbers. */
function given(body: Record<string, unknown>): Record<string, string | number> {
  const numbers = ["port", "servicePort", "connectTimeout", "idleTimeout"];
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value !== "" && value !== null)
      .map(([name, value]) => [name, numbers.includes(name) ? Number(value) : String(value)]),
  );
}

function remove(page: Page, cluster: Cluster, row: Stream, changed: () => Promise<void>): HTMLElement | string {
  if (!cluster.mayRule || row.tenant !== cluster.tenant) return "";
  const { application, environment, port, protocol } = row;
  const body = { nginx: cluster.cluster, application, environment, port, protocol };
  const ask = () =>
    void confirm({
      title: text("streams.remove.title", row.name),
      consequences: [text("streams.remove.lost")],
      verb: text("streams.remove"),
      destructive: true,
      byHand: () => ({
        jenkinsfile: stepCall("publishStream", { ...body, remove: true }),
        curl: curlPost(`${page.url}/deleteStream`, body),
      }),
      act: async () => {
        const said = await postJson<{ message: string }>(`${page.url}/deleteStream`, body);
        toast(said.message);
        await changed();
      },
    });
  return h(
    "button",
    {
      type: "button",
      class: "jenkins-button jenkins-button--tertiary",
      "aria-label": `${text("streams.remove")}: ${row.name}`,
      onclick: ask,
    },
    text("streams.remove"),
  );
}
