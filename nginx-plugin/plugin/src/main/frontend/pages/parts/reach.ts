import {
  byHandToggle,
  card,
  empty,
  getJson,
  h,
  loading,
  problemNotice,
  remark,
  shell,
  Table,
  text,
  whenChanged,
  type Page,
} from "@shera/kit";
import { fillCalmly, whenAgain } from "./board";
import type { Cluster } from "./model";

/** What `reach?cluster=` gives. */
interface Reach {
  readonly nodes: readonly {
    readonly name: string;
    readonly error: string;
    readonly unreached: readonly { readonly owner: string; readonly address: string; readonly why: string }[];
  }[];
}

interface Row {
  readonly node: string;
  readonly owner: string;
  readonly address: string;
  readonly why: string;
}

/** Members that a node does not reach; they stay in the configuration. */
export function reachCard(page: Page, cluster: Cluster): HTMLElement {
  const content = h("div", { class: "shera-stack" }, loading(2));
  const address = `${page.url}/reach?cluster=${encodeURIComponent(cluster.cluster)}`;
  const show = whenChanged((found: Reach) => fillCalmly(content, ...drawn(found)));
  const read = async () => {
    try {
      show(await getJson<Reach>(address));
    } catch (thrown) {
      fillCalmly(content, problemNotice(thrown));
    }
  };
  void read();
  const again = h("button", { type: "button", class: "jenkins-button", onclick: () => void read() }, text("refresh"));
  const byHand = byHandToggle(() => ({
    curl: `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${shell(new URL(address, location.href).href)}`,
  }));
  const whole = [h("p", { class: "shera-muted" }, text("reach.why")), byHand.panel, content];
  return whenAgain(card(text("reach"), whole, again, byHand.button), () => void read());
}

function drawn(found: Reach): HTMLElement[] {
  const rows = found.nodes.flatMap((node) => node.unreached.map((one): Row => ({ node: node.name, ...one })));
  const table = new Table<Row>({
    label: text("reach"),
    key: (row) => `${row.node} ${row.owner} ${row.address}`,
    columns: [
      { title: text("reach.owner"), cell: (row) => row.owner, value: (row) => row.owner },
      { title: text("reach.address"), cell: (row) => h("code", {}, row.address), value: (row) => row.address },
      { title: text("node"), cell: (row) => h("b", { class: "shera-ng__node" }, row.node), value: (row) => row.node },
      { title: text("reach.reason"), cell: (row) => text(`reach.${row.why}`), value: (row) => row.why },
    ],
    whenEmpty: () => empty(text("reach.none")),
  });
  table.show(rows);
  const unknown = found.nodes.filter((one) => one.error !== "");
  return [
    ...unknown.map((one) => remark("warning", `${one.name}: ${one.error}`)),
    // Of a node that says nothing it is not known whether it reaches every member.
    ...(rows.length === 0 && unknown.length > 0 ? [] : [table.element]),
  ];
}
